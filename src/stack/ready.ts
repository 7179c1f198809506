import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../docker/connect.js';
import { ask, type Question } from './ask.js';

const PAUSE_MS = 100;

/**
 * Asks until the answer has the wanted status, or the deadline has passed; then says what came last instead.
 * A published port accepts and resets before the server behind it listens, so only an HTTP answer counts. The port
 * of a container that is just being started again is not known: it is looked up each time, and is null meanwhile.
 */
export async function waitForAnswer(
  question: Omit<Question, keyof Address>,
  status: number,
  deadline: AbortSignal,
  locate: () => Promise<Address | null>,
): Promise<{ readonly address: Address | null; readonly last: string }> {
  let last = 'no request was sent';
  while (!deadline.aborted) {
    const address = await locate();
    try {
      const answer = address === null ? null : await ask({ ...question, ...address });
      if (answer?.status === status) return { address, last: '' };
      last = answer === null ? 'its container was being restarted' : `it answered ${answer.status}`;
    } catch (error) {
      question.signal.throwIfAborted();
      last = (error as Error).message;
    }
    await sleep(PAUSE_MS, undefined, { signal: question.signal });
  }
  return { address: null, last };
}
