import type { Context } from '../model/index.js';

/** A command's work: resolves to the exit code. */
export type Action = (context: Context) => Promise<number>;
