import type { ComposeModel } from '../../compose/model.js';
import type { Objection, Refusal, SubpathNeed } from '../../model/index.js';
import type { IsolateOptions } from '../types.js';
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
      ? { code: 'mount-not-on-this-machine', facts: { source }, allow: null }
      : null;
  const { create_host_path: creates } = (mount['bind'] ?? {}) as { readonly create_host_path?: boolean };
  if (creates === false) return { code: 'mount-must-exist', facts: { source }, allow: null };
  return looksLikeFile(source) || looksLikeFile(mount.target)
    ? { code: 'mount-file-missing', facts: { source }, allow: null }
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
  const needs = (why: SubpathNeed): Objection => ({
    code: 'mount-needs-engine-26',
    facts: { source: use.source, why },
    allow: null,
  });
  if (root.kind === 'folder') return subpath === '' ? null : needs('part-of-folder');
  const { read_only: readOnly, tmpfs = [] } = model.services[use.service] ?? {};
  if (readOnly === true) return needs('read-only-root');
  const inMemory = [tmpfs].flat().map((text) => String(text).split(':')[0] ?? '');
  if (inMemory.some((folder) => isWithin(use.mount.target, folder))) return needs('under-tmpfs');
  const others = uses.filter((other) => other.decision === 'copied' && other.real === use.real);
  return others.length > 1 ? needs('file-of-several-services') : null;
}
