import { stat } from 'node:fs/promises';
import { locationOf, SlopegateError } from '../model/index.js';
import { parseYaml, readText } from '../yaml/index.js';
import { MERGE_TAGS } from './merge-files.js';

/**
 * Refuses compose files whose aliases stand for far too many values: Compose would fill the processor and the memory of
 * the host with them. Other faults are left to Compose.
 * @throws SlopegateError COMPOSE_CONFIG with the place of the value
 */
export async function refuseLarge(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (found?.isFile() !== true) continue;
    const text = await readText(file, 'COMPOSE_CONFIG').catch(() => null);
    if (text === null || 'fault' in text) continue;
    const { faults } = parseYaml(text.text, file, 'COMPOSE_CONFIG', MERGE_TAGS);
    const fault = faults.find(({ kind }) => kind === 'too-many-values');
    if (fault === undefined) continue;
    throw new SlopegateError('COMPOSE_CONFIG', fault.message, {
      ...(fault.place !== null && { location: locationOf(fault.place) }),
      ...(fault.hint !== null && { hint: fault.hint }),
      faults: [fault],
    });
  }
}
