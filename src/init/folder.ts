import { cp, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SlopegateError } from '../model/index.js';

/** The files from which the origin's image is built. */
const ORIGIN = ['origin', 'record-versions'];

/** Makes a folder that does not exist yet. @throws SlopegateError USAGE, DISK */
export async function makeFolder(folder: string): Promise<void> {
  const made = await firstMissing(folder);
  if (made === null)
    throw new SlopegateError('USAGE', `${folder} exists already`, {
      hint: 'no file is overwritten: name another folder with --to',
    });
  // One folder after the other: Node's own recursive call never returns if the file system refuses, as /proc does.
  for (const one of made)
    await mkdir(one).catch((cause: unknown) => {
      throw new SlopegateError('DISK', `Cannot make the folder ${one}`, {
        because: cause,
        hint: 'name a folder that you may write to with --to',
      });
    });
}

/** Folders that must be made, the outermost first; null if the folder exists. @throws SlopegateError DISK */
async function firstMissing(folder: string): Promise<readonly string[] | null> {
  const found = await stat(folder).catch((error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown');
  if (typeof found !== 'string') return null;
  if (found !== 'ENOENT')
    throw new SlopegateError('DISK', `Cannot read the folder ${dirname(folder)}: ${found}`, {
      hint: 'name a folder that you may write to with --to',
    });
  const parent = dirname(folder);
  return parent === folder ? [folder] : [...((await firstMissing(parent)) ?? []), folder];
}

/** Copies slopegate's own origin into a small folder beside the scenario. */
export async function copyOrigin(shipped: string, folder: string): Promise<void> {
  for (const name of ORIGIN) await cp(join(shipped, 'images', name), join(folder, 'images', name), { recursive: true });
}

/** Copies the JSON Schema of the format, for editors. */
export async function copySchema(shipped: string, folder: string): Promise<void> {
  await cp(join(shipped, 'scenario.schema.json'), join(folder, 'scenario.schema.json'));
}
