import { REMEDY_FILE } from '../../journal/index.js';
import { remediesSchema } from '../schemas/remedy-schema.js';
import { readBeside } from './beside.js';

const FILE = {
  file: REMEDY_FILE,
  schema: remediesSchema,
  hint: 'Move the file away. The remedies can be tested again: slopegate remedy --help',
};

/** The remedies that were tested for a run; empty if there are none. @throws SlopegateError RUN_UNREADABLE */
export async function readRemedies(directory: string) {
  return (await readBeside(directory, FILE))?.tests ?? [];
}
