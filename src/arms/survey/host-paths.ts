import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ComposeModel } from '../../compose/model.js';
import { buildPathsOf } from '../../isolate/builds.js';
import type { HostPath, HostPaths } from '../../hostpaths/host-path.js';
import { mayBeWalked } from '../../hostpaths/places.js';
import { hostPathsOf } from '../../hostpaths/sources.js';
import { answers } from './answers.js';
import { runningDatabase } from './running-database.js';
import { textFileOf } from './text-files.js';
import { walk } from './walk.js';

/** Texts beyond this are no configuration. */
const MOST_TEXT = 16 * 1024 * 1024;
const MOST_SPECIAL = 3;
/** A block of `stat`, whatever the file system's own. */
const BLOCK = 512;

/**
 * What stands at every host path that the models mount or build from. Nothing of the running system is walked or
 * opened, nor what is only built from.
 */
export async function surveyHostPaths(models: readonly ComposeModel[]): Promise<HostPaths> {
  const mounted = new Set(models.flatMap(hostPathsOf));
  const built = models.flatMap(buildPathsOf).map(({ path }) => path);
  const surveyed = await Promise.all(
    [...new Set([...mounted, ...built])].map(
      async (source) => [source, await survey(source, mounted.has(source))] as const,
    ),
  );
  return Object.fromEntries(surveyed);
}

async function survey(source: string, isMounted: boolean): Promise<HostPath> {
  const found = await answers(source, stat(source));
  const real = await realPath(source);
  if (found === null) return { kind: 'missing', text: '', real };
  const kind = kindOf(found);
  const isWalked = isMounted && (kind === 'folder' || kind === 'file') && mayBeWalked(real);
  return { kind, real, ...(isWalked ? await contents(real) : { text: '' }) };
}

async function contents(real: string): Promise<Pick<HostPath, 'text' | 'bytes' | 'special' | 'database'>> {
  const texts: string[] = [];
  const special: string[] = [];
  let [length, blocks, database] = [0, 0, null as string | null];
  const entries = walk(real);
  for (let next = await entries.next(); ; next = await entries.next()) {
    if (next.done === true)
      return {
        text: texts.join('\n'),
        ...(next.value ? { bytes: blocks * BLOCK } : {}),
        ...(special.length > 0 ? { special } : {}),
        ...(database === null ? {} : { database }),
      };
    const entry = next.value;
    const kind = kindOf(entry.stat);
    blocks += kind === 'file' ? entry.stat.blocks : 0;
    database ??= runningDatabase(entry);
    if (special.length < MOST_SPECIAL && ['socket', 'pipe', 'device'].includes(kind)) special.push(entry.path);
    if (length > MOST_TEXT) continue;
    const file = await textFileOf(entry);
    length += file?.text.length ?? 0;
    if (file !== null) texts.push(file.text);
  }
}

function kindOf(found: Stats): HostPath['kind'] {
  if (found.isDirectory()) return 'folder';
  if (found.isSocket()) return 'socket';
  if (found.isFIFO()) return 'pipe';
  return found.isBlockDevice() || found.isCharacterDevice() ? 'device' : 'file';
}

/** The real path. For a path that does not exist, the real path of its nearest folder that exists. */
async function realPath(path: string): Promise<string> {
  const absolute = resolve(path);
  const real = await answers(path, realpath(absolute));
  if (real !== null || dirname(absolute) === absolute) return real ?? absolute;
  return join(await realPath(dirname(absolute)), basename(absolute));
}
