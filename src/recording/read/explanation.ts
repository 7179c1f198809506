import { EXPLANATION_FILE } from '../../journal/index.js';
import { explanationSchema } from '../schemas/explain-schema.js';
import { readBeside } from './beside.js';

const FILE = {
  file: EXPLANATION_FILE,
  schema: explanationSchema,
  hint: 'Move the file away. The run can be explained again: slopegate explain --help',
};

/** What keeps the memory, by the last diagnosis of a run; null without one. @throws SlopegateError RUN_UNREADABLE */
export function readExplanation(directory: string) {
  return readBeside(directory, FILE);
}
