import { stateFolder } from '../calibration/store.js';
import { addToHistory, historyEntry, historyFile } from '../history/index.js';
import { SlopegateError, type Context } from '../model/index.js';
import type { Result } from '../results/index.js';
import { warningLine } from './warning.js';

/** Adds a verdict to the history of this machine. A history that cannot be written is a warning: the verdict stands. */
export function remember(result: Result, directory: string, context: Context): void {
  try {
    addToHistory(historyFile(stateFolder(context)), historyEntry(result, directory));
  } catch (error) {
    if (!(error instanceof SlopegateError)) throw error;
    context.err.write(`${warningLine(context.err, `not added to the history: ${error.message}`)}\n`);
  }
}
