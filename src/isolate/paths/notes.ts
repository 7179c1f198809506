import type { Change } from '../../model/index.js';
import type { IsolateOptions } from '../types.js';
import type { Use } from './mount-decisions.js';
import { isWithin } from '../../hostpaths/host-path.js';
import { servedFrom, type Root } from './roots.js';

/** A copy of this size or more costs seconds in each trial. */
const LARGE_BYTES = 1024 ** 3;

/** The notes about one mount. */
export function notesOn(use: Use, roots: readonly Root[], options: IsolateOptions): Change[] {
  const { service, mount, source, decision, real, found, objection } = use;
  const path = `services.${service}.volumes`;
  if (decision === 'without') return [{ path, code: 'mount-omitted', facts: { target: mount.target } }];
  if (decision === 'dropped')
    return [
      {
        path,
        code: 'mount-made-by-docker',
        facts: { source, target: mount.target },
      },
    ];
  if (mount.type !== 'bind') return [];
  if (decision === 'api')
    return [
      {
        path,
        code: 'daemon-replaced',
        facts: { source, service },
        mustKnow: true,
      },
    ];
  const isAllowed = objection !== null && objection.allow !== null && options.allow.includes(objection.allow);
  if (decision === 'kept' || objection !== null)
    return isAllowed ? [{ path, code: 'shared-with-host', facts: { source }, mustKnow: true }] : [];
  if (decision === 'shared') return sharedNotes(use, path, roots);
  return copiedNotes({ path, source, real, found }, use, roots, options);
}

function sharedNotes({ source, real }: Use, path: string, roots: readonly Root[]): Change[] {
  const inside = roots.filter((root) => isWithin(root.real, real));
  return [
    { path, code: 'shared-read-only', facts: { source } },
    ...inside.map((root): Change => ({
      path,
      code: 'shared-shows-host',
      facts: { source, path: root.real },
      mustKnow: true,
    })),
    ...(isWithin(real, '/var/log')
      ? [
          {
            path,
            code: 'shared-logs-of-host',
            facts: { source },
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
        code: 'begins-empty',
        facts: { source, elsewhere },
        // In production, Docker would make this folder. A folder that is only read should have had content.
        ...(use.mount.read_only === true ? { mustKnow: true } : {}),
      },
    ];
  const { root } = servedFrom(use, roots);
  const { bytes } = found;
  const notes: Change[] = [
    {
      path,
      code: 'copied',
      facts: {
        source,
        bytes: bytes ?? null,
        copyOf: root.real === real ? null : root.real,
        readOnly: use.mount.read_only === true,
      },
    },
  ];
  if (bytes !== undefined && bytes >= LARGE_BYTES)
    notes.push({
      path,
      code: 'copy-large',
      facts: { source, bytes },
      mustKnow: true,
    });
  if (bytes === undefined && found.kind === 'folder')
    notes.push({ path, code: 'copy-size-unknown', facts: { source }, mustKnow: true });
  if (found.database !== undefined)
    notes.push({
      path,
      code: 'copy-of-database',
      facts: { source, database: found.database },
      mustKnow: true,
    });
  return notes;
}
