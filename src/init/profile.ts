import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { nearest } from '../words/nearest.js';
import { copyOrigin, copySchema, makeFolder } from './folder.js';

/**
 * Copies a profile to a folder that does not exist yet. The parts of the package from which it builds images are copied
 * too, so the folder can be moved. Returns the scenario files.
 */
export async function writeProfile(job: {
  readonly shipped: string;
  readonly profile: string;
  readonly folder: string;
}): Promise<string[]> {
  const { shipped, profile, folder } = job;
  const known = await readdir(join(shipped, 'profiles'));
  if (!known.includes(profile)) {
    const meant = nearest(profile, known);
    throw new SlopegateError('USAGE', `there is no profile "${profile}"`, {
      hint: meant === null ? `profiles: ${known.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  await makeFolder(folder);
  await cp(join(shipped, 'profiles', profile), folder, { recursive: true });
  const files = await readdir(folder);
  for (const name of files.filter((file) => /\.ya?ml$/.test(file))) {
    const text = await readFile(join(folder, name), 'utf8');
    const moved = text
      .replaceAll('../../images', './images')
      .replace('$schema=../../scenario.schema.json', '$schema=./scenario.schema.json');
    if (moved !== text) await writeFile(join(folder, name), moved);
  }
  await copyOrigin(shipped, folder);
  await copySchema(shipped, folder);
  return files
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => resolve(folder, name))
    .sort();
}
