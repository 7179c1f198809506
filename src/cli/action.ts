import type { Context } from './context.js';

/** A command's work: resolves to the exit code. */
export type Action = (context: Context) => Promise<number>;
