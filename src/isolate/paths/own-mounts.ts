import type { ComposeModel, ComposeMount } from '../../compose/model.js';
import type { Move } from '../../subnets/index.js';
import { storedElsewhere } from '../stored-elsewhere.js';
import type { Change, Changed, Refusal } from '../../model/index.js';
import type { Copy, IsolateOptions } from '../types.js';
import { asMounts } from '../../hostpaths/as-mounts.js';
import { mountDecisions, type Use } from './mount-decisions.js';
import { notesOn } from './notes.js';
import { objectionsToUse } from './objections.js';
import { rootsOf, servedFrom, type Root } from './roots.js';

interface Mounted extends Changed<ComposeModel> {
  readonly apiSockets: Readonly<Record<string, string>>;
  readonly copies: readonly Copy[];
  readonly refusals: readonly Refusal[];
}

/**
 * Gives the arm its own copy of every folder and file that it could write to, in volumes. What is only read, and not
 * written by any service, stays shared and is reported.
 */
export function ownMounts(original: ComposeModel, options: IsolateOptions, moves: readonly Move[]): Mounted {
  const model = asMounts(original, options.hostPaths);
  const uses = mountDecisions(model, options, moves);
  const roots = rootsOf(uses);
  const apiSockets = socketsFor(uses, options);
  const into: Copy[] = [];
  const services = Object.entries(model.services).map(([name, service]) => {
    if (service.volumes === undefined) return [name, service] as const;
    const volumes = uses
      .filter((use) => use.service === name)
      .flatMap((use): ComposeMount[] => {
        if (!isPutIntoContainer(use, roots, options)) return mountsOf(use, roots, apiSockets);
        into.push({ kind: 'into', source: use.real, service: name, target: use.mount.target });
        return [];
      });
    return [name, { ...service, volumes }] as const;
  });
  const judged = uses.map((use) => ({ use, refusals: objectionsToUse(use, model, roots, uses, options) }));
  const filled = roots.filter((root) => options.subpaths || root.kind === 'folder');
  const own = Object.fromEntries(filled.map(({ key }) => [key, {}]));
  return {
    part: { ...model, services: Object.fromEntries(services), volumes: { ...model.volumes, ...own } },
    apiSockets,
    copies: [...filled.map(copyOf), ...into, ...storedElsewhere(model)],
    changes: judged.flatMap(({ use, refusals }): Change[] =>
      refusals.some(({ allow }) => allow === null) ? [] : notesOn(use, roots, options),
    ),
    refusals: judged.flatMap(({ refusals }) => refusals),
  };
}

/** Engines before 26 cannot mount a single file of a volume. There the file is put into the container. */
function isPutIntoContainer(use: Use, roots: readonly Root[], { subpaths }: IsolateOptions): boolean {
  return use.decision === 'copied' && !subpaths && servedFrom(use, roots).root.kind === 'file';
}

/** A socket for each service, with its name, so that it is known which service asked for what. */
function socketsFor(uses: readonly Use[], { apiFolder }: IsolateOptions): Readonly<Record<string, string>> {
  const services = [...new Set(uses.filter(({ decision }) => decision === 'api').map(({ service }) => service))];
  return Object.fromEntries(services.map((service) => [service, `${apiFolder}/${service}.sock`]));
}

function mountsOf(use: Use, roots: readonly Root[], apiSockets: Readonly<Record<string, string>>): ComposeMount[] {
  const { mount, decision, found } = use;
  if (decision === 'dropped') return [];
  if (decision === 'api') return apiMounts(use, apiSockets[use.service] ?? '');
  // A folder is replaced by an empty one; a file or a socket by nothing.
  if (decision === 'without')
    return found.kind === 'folder' ? [{ type: 'volume', target: mount.target, volume: { nocopy: true } }] : [];
  if (decision === 'shared') return [shared(mount)];
  if (decision === 'kept') return [mount];
  const { root, subpath } = servedFrom(use, roots);
  const { type: _type, bind: _bind, source: _source, ...rest } = mount;
  const escaped = subpath.replaceAll('$', '$$$$');
  return [
    {
      ...rest,
      type: 'volume',
      source: root.key,
      volume: { nocopy: true, ...(subpath === '' ? {} : { subpath: escaped }) },
    },
  ];
}

/** A folder with the daemon's socket becomes a folder of the arm's own that contains the arm's socket. */
function apiMounts({ mount, found }: Use, socket: string): ComposeMount[] {
  const asFile = (target: string): ComposeMount => ({
    type: 'bind',
    source: socket.replaceAll('$', '$$$$'),
    target,
    read_only: true,
    bind: { create_host_path: false },
  });
  if (found.kind !== 'folder') return [asFile(mount.target)];
  return [
    { type: 'volume', target: mount.target, volume: { nocopy: true } },
    asFile(`${mount.target.replace(/\/$/, '')}/docker.sock`),
  ];
}

/** Makes sure that Docker makes nothing on the host, changes no labels there, and does not propagate mounts to it. */
function shared(mount: ComposeMount): ComposeMount {
  const { propagation, recursive } = (mount['bind'] ?? {}) as {
    readonly propagation?: string;
    readonly recursive?: string;
  };
  const inward =
    propagation === 'rslave' || propagation === 'slave' || propagation === 'private' || propagation === 'rprivate';
  return {
    ...mount,
    bind: {
      create_host_path: false,
      ...(inward ? { propagation } : {}),
      ...(recursive === undefined ? {} : { recursive }),
    },
  };
}

function copyOf({ kind, real, service, key, within }: Root): Copy {
  return { kind, source: real, service, target: key, ...(within.length > 0 ? { within } : {}) };
}
