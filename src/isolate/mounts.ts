import type { Change, Changed, Copy, IsolateOptions } from './types.js';
import type { ComposeModel, ComposeMount } from '../compose/model.js';
import { MISSING } from './host-path.js';
import { relocate, type Move } from './relocation.js';
import { isOfTheMachine, refusedMount } from './refused-mounts.js';
import { storedElsewhere } from './stored-elsewhere.js';

interface Mounted extends Changed<ComposeModel> {
  readonly copies: readonly Copy[];
}

/**
 * Gives the arm its own copy of everything it could write to: folders become volumes, files go into the container. What
 * is read only stays, and is reported. Pure.
 */
export function ownMounts(model: ComposeModel, options: IsolateOptions, moves: readonly Move[]): Mounted {
  const changes: Change[] = [];
  const copies: Copy[] = [];
  const roots = rootsOf(model, options, moves);
  const services = Object.entries(model.services).map(([name, service]) => {
    if (service.volumes === undefined) return [name, service] as const;
    const note = (what: string) => changes.push({ path: `services.${name}.volumes`, what });
    const volumes = service.volumes.flatMap((mount): ComposeMount[] => {
      const fate = fateOf(mount, options, moves);
      const source = mount.source ?? '';
      if (fate === 'kept') {
        if (mount.type === 'bind') note(`${source} is shared with the host and the other arm`);
        return [mount];
      }
      if (fate === 'dropped') {
        note(
          `${source} is not mounted: on the arm's own network Docker makes ${mount.target}, by which services find each other`,
        );
        return [];
      }
      if (fate === 'shared') {
        note(`${source} is shared with the host and the other arm, read only`);
        return [mount];
      }
      if (fate === 'file') {
        note(`${source} is copied into the container: writing does not reach the host`);
        copies.push({ kind: 'file', source, service: name, target: mount.target });
        return [];
      }
      const root = roots.find((candidate) => isWithin(source, candidate.source))!;
      const subpath = source.slice(root.source.length).replace(/^\//, '');
      const absent = options.elsewhere && (options.hostPaths[source] ?? MISSING).kind === 'missing';
      note(
        absent
          ? `${source} is not on this machine: the arm begins with an empty folder`
          : `${source} is copied to a volume of the arm's own`,
      );
      if (subpath === '')
        copies.push({
          kind: 'folder',
          source,
          service: name,
          target: root.key,
          ...(root.within.length > 0 ? { within: root.within } : {}),
        });
      const { type: _type, bind: _bind, source: _source, ...rest } = mount;
      return [
        { ...rest, type: 'volume', source: root.key, volume: { nocopy: true, ...(subpath === '' ? {} : { subpath }) } },
      ];
    });
    return [name, { ...service, volumes }] as const;
  });
  const own = Object.fromEntries(roots.map(({ key }) => [key, {}]));
  const part = { ...model, services: Object.fromEntries(services), volumes: { ...model.volumes, ...own } };
  return { part, changes, copies: [...firstOfEach(copies), ...storedElsewhere(model)] };
}

type Fate = 'kept' | 'dropped' | 'shared' | 'file' | 'folder';

/** Files that Docker makes for each container, by which services find each other. */
const OF_DOCKER = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

function fateOf(mount: ComposeMount, options: IsolateOptions, moves: readonly Move[]): Fate {
  const { type, source = '', target, read_only: readOnly } = mount;
  if (type === 'bind' && OF_DOCKER.includes(target)) return 'dropped';
  if (type !== 'bind' || refusedMount(mount, options.hostPaths) !== null) return 'kept';
  const { kind, text } = options.hostPaths[source] ?? MISSING;
  const there = options.elsewhere ? isOfTheMachine(source) : relocate(text, moves) === text;
  if (readOnly === true && there) return 'shared';
  return kind === 'file' ? 'file' : 'folder';
}

interface Root {
  readonly source: string;
  readonly key: string;
  readonly within: readonly string[];
}

/**
 * The outermost folders that are copied: one within another is a part of its volume, as it was a part of its folder.
 */
function rootsOf(model: ComposeModel, options: IsolateOptions, moves: readonly Move[]): Root[] {
  const mounts = Object.values(model.services).flatMap(({ volumes = [] }) => volumes);
  const sources = [
    ...new Set(mounts.filter((mount) => fateOf(mount, options, moves) === 'folder').map(({ source = '' }) => source)),
  ];
  const outermost = sources.filter((source) => !sources.some((other) => other !== source && isWithin(source, other)));
  return outermost.map((source, index) => ({
    source,
    key: `slopegate-copy-${index + 1}`,
    within: sources
      .filter((other) => other !== source && isWithin(other, source))
      .map((other) => other.slice(source.length).replace(/^\//, '')),
  }));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** A folder that several services mount is one volume, filled once; a file is put into every service's containers. */
function firstOfEach(copies: readonly Copy[]): Copy[] {
  return copies.filter(
    (copy, index) =>
      copy.kind === 'file' ||
      copies.findIndex(({ source, kind }) => kind === 'folder' && source === copy.source) === index,
  );
}
