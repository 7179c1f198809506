import type { ComposeModel } from '../../compose/model.js';
import type { Objection } from '../../permissions/judge.js';
import type { IsolateOptions, Refusal } from '../types.js';
import type { Use } from './mount-decisions.js';
import { isWithin } from '../../hostpaths/host-path.js';
import { isOfTheMachine } from '../../hostpaths/places.js';
import { looksLikeFile } from '../../hostpaths/looks-like-file.js';
import { servedFrom, type Root } from './roots.js';

/** Every reason not to start with this mount. */
export function objectionsToUse(
  use: Use,
  model: ComposeModel,
  roots: readonly Root[],
  uses: readonly Use[],
  options: IsolateOptions,
): Refusal[] {
  const objections = [use.objection, missing(use, options), withoutSubpath(use, model, roots, uses, options)];
  return objections.flatMap((objection): Refusal[] =>
    objection === null
      ? []
      : [
          {
            path: `services.${use.service}.volumes`,
            ...objection,
            service: use.service,
            mount: `${use.service}:${use.mount.target}`,
          },
        ],
  );
}

function missing({ decision, mount, source, real, found }: Use, { elsewhere }: IsolateOptions): Objection | null {
  if (decision !== 'copied' || found.kind !== 'missing') return null;
  if (elsewhere)
    return mount.read_only === true && !isOfTheMachine(real)
      ? { what: `${source} is not on this machine, and the daemon runs on another one`, allow: null }
      : null;
  const { create_host_path: creates } = (mount['bind'] ?? {}) as { readonly create_host_path?: boolean };
  if (creates === false)
    return { what: `${source} does not exist, but the compose file says that it must`, allow: null };
  return looksLikeFile(source) || looksLikeFile(mount.target)
    ? { what: `${source} does not exist: Docker would create an empty folder instead of a file`, allow: null }
    : null;
}

/** What an engine before 26 cannot do, because it mounts only whole volumes. */
function withoutSubpath(
  use: Use,
  model: ComposeModel,
  roots: readonly Root[],
  uses: readonly Use[],
  { subpaths }: IsolateOptions,
): Objection | null {
  if (subpaths || use.decision !== 'copied') return null;
  const { root, subpath } = servedFrom(use, roots);
  const needs = (why: string): Objection => ({
    what: `${use.source} ${why}: this needs Docker Engine 26`,
    allow: null,
  });
  if (root.kind === 'folder') return subpath === '' ? null : needs('is a part of a copied folder');
  const { read_only: readOnly, tmpfs = [] } = model.services[use.service] ?? {};
  if (readOnly === true) return needs('is copied under a read-only root');
  const inMemory = [tmpfs].flat().map((text) => String(text).split(':')[0] ?? '');
  if (inMemory.some((folder) => isWithin(use.mount.target, folder))) return needs('is copied under a tmpfs');
  const others = uses.filter((other) => other.decision === 'copied' && other.real === use.real);
  return others.length > 1 ? needs('is one file for several services') : null;
}
