import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SlopegateError, type Manifest, type Scenario } from '../model/index.js';
import { loadScenario } from '../scenario/index.js';
import { changedPlace } from './explain-run.js';

/** Folders that are searched, at most. */
const MOST_FOLDERS = 5000;
const LEFT_OUT = /^(\.|node_modules$)/;

/**
 * The scenario of a run. A run knows the name of its scenario file, not the folder: a recording says nothing about the
 * machine. So the file is searched below a folder. Of several, one that is still as in the run is chosen.
 * @throws SlopegateError USAGE if no such file is found
 */
export async function scenarioOfRun({ scenario: recorded }: Pick<Manifest, 'scenario'>, root: string) {
  const found: Scenario[] = [];
  for (const path of await filesCalled(recorded.file, root)) {
    const scenario = await loadScenario(path).catch((error: unknown) => {
      if (!(error instanceof SlopegateError)) throw error;
      return null;
    });
    if (scenario?.name !== recorded.name) continue;
    if (changedPlace(scenario, recorded) === null) return scenario;
    found.push(scenario);
  }
  if (found[0] !== undefined) return found[0];
  throw new SlopegateError(
    'USAGE',
    `No file ${recorded.file} with the scenario ${recorded.name} is below this folder.`,
    {
      location: root,
      hint: 'It was moved, or lies elsewhere: give it with --scenario FILE.',
    },
  );
}

/** In the order of their depth. */
async function filesCalled(name: string, root: string): Promise<readonly string[]> {
  const folders = [root];
  const files: string[] = [];
  for (let at = 0; at < folders.length && at < MOST_FOLDERS; at += 1) {
    const folder = folders[at] ?? root;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory() && !LEFT_OUT.test(entry.name)) folders.push(join(folder, entry.name));
      else if (entry.name === name) files.push(join(folder, name));
    }
  }
  return files;
}
