import { createInterface } from 'node:readline/promises';
import type { Context } from '../model/index.js';

/** Asks a person; null if nobody can be asked. */
export async function ask(question: string, fallback: string | null, context: Context): Promise<string | null> {
  const { input, err, signal } = context;
  const stream = input as NodeJS.ReadStream | undefined;
  if (stream?.isTTY !== true || !err.isTerminal) return null;
  const lines = createInterface({ input: stream, terminal: false });
  try {
    err.write(`${question}${fallback === null ? '' : ` [${fallback}]`}: `);
    const answer = (await lines.question('', { signal })).trim();
    return answer === '' ? fallback : answer;
  } finally {
    lines.close();
  }
}
