import { memory } from '../../words/numbers.js';
import type { Change, IsolateOptions } from '../types.js';
import type { Use } from './mount-decisions.js';
import { isWithin } from '../../hostpaths/host-path.js';
import { servedFrom, type Root } from './roots.js';

/** A copy of this size or more costs seconds in each trial. */
const LARGE_BYTES = 1024 ** 3;

/** The notes about one mount. */
export function notesOn(use: Use, roots: readonly Root[], options: IsolateOptions): Change[] {
  const { service, mount, source, decision, real, found, objection } = use;
  const path = `services.${service}.volumes`;
  if (decision === 'without') return [{ path, what: `${mount.target} is not mounted, as the scenario says` }];
  if (decision === 'dropped')
    return [
      {
        path,
        what:
          `${source} is not mounted: on the arm's own network Docker makes ${mount.target}, ` +
          'and services find each other through it',
      },
    ];
  if (mount.type !== 'bind') return [];
  if (decision === 'api')
    return [
      {
        path,
        what:
          `in place of ${source} ${service} gets a Docker API of the arm's own: it shows and touches the arm's ` +
          'containers alone, under the names of the compose file, and refuses to create, to remove and to pull',
        mustKnow: true,
      },
    ];
  const isAllowed = objection !== null && objection.allow !== null && options.allow.includes(objection.allow);
  if (decision === 'kept' || objection !== null)
    return isAllowed ? [{ path, what: `${source} is shared with the host and the other arm`, mustKnow: true }] : [];
  if (decision === 'shared') return sharedNotes(use, path, roots);
  return copiedNotes({ path, source, real, found }, use, roots, options);
}

function sharedNotes({ source, real }: Use, path: string, roots: readonly Root[]): Change[] {
  const inside = roots.filter((root) => isWithin(root.real, real));
  return [
    { path, what: `${source} is shared with the host and the other arm, read only` },
    ...inside.map((root): Change => ({
      path,
      what: `below ${source} the service sees the host's ${root.real}, not the arm's copy`,
      mustKnow: true,
    })),
    ...(isWithin(real, '/var/log')
      ? [
          {
            path,
            what:
              `${source} has files that servers of the host write: it shows requests of production, ` +
              'not those of the test',
            mustKnow: true,
          } as const,
        ]
      : []),
  ];
}

function copiedNotes(
  { path, source, real, found }: Pick<Use, 'source' | 'real' | 'found'> & { readonly path: string },
  use: Use,
  roots: readonly Root[],
  { elsewhere }: IsolateOptions,
): Change[] {
  if (found.kind === 'missing')
    return [
      {
        path,
        what: elsewhere
          ? `${source} is not on this machine: the arm starts with an empty folder`
          : `${source} does not exist: the arm starts with an empty folder`,
        // In production, Docker would make this folder. A folder that is only read should have had content.
        ...(use.mount.read_only === true ? { mustKnow: true } : {}),
      },
    ];
  const { root } = servedFrom(use, roots);
  const { bytes } = found;
  const size = bytes === undefined ? '' : ` (${memory(bytes)})`;
  const readOnly = use.mount.read_only === true ? ', read only' : '';
  const own = root.real === real ? '' : `, with the copy of ${root.real}`;
  const notes: Change[] = [
    {
      path,
      what: `${source} is copied to a volume of the arm${size}${own}${readOnly}`,
    },
  ];
  if (bytes !== undefined && bytes >= LARGE_BYTES)
    notes.push({
      path,
      what: `${source} is large: ${memory(bytes)} are copied for each arm in every trial`,
      mustKnow: true,
      fix: 'mount a smaller folder, in another compose file for the test',
    });
  if (bytes === undefined && found.kind === 'folder')
    notes.push({ path, what: `${source} was not read completely: its size is not known`, mustKnow: true });
  if (found.database !== undefined)
    notes.push({
      path,
      what: `${source} has the files of a running ${found.database}: a copy that is made while it writes may not start`,
      mustKnow: true,
      fix: 'stop that server, or mount a backup that it made itself',
    });
  return notes;
}
