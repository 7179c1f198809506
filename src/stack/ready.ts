import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Question } from './ask.js';

const PAUSE_MS = 100;

/**
 * Asks until the answer has the wanted status, or the deadline has passed; then says what came last instead.
 * A published port accepts and resets before the server behind it listens, so only an HTTP answer counts.
 */
export async function waitForAnswer(
  question: Question,
  status: number,
  deadline: AbortSignal,
  check: () => Promise<unknown>,
): Promise<{ readonly ready: boolean; readonly last: string }> {
  let last = 'nothing was asked';
  while (!deadline.aborted) {
    await check();
    try {
      const answer = await ask(question);
      if (answer.status === status) return { ready: true, last: '' };
      last = `it answered ${answer.status}`;
    } catch (error) {
      question.signal.throwIfAborted();
      last = (error as Error).message;
    }
    await sleep(PAUSE_MS, undefined, { signal: question.signal });
  }
  return { ready: false, last };
}
