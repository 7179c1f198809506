import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Question {
  readonly host: string;
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const ANSWER_WITHIN_MS = 5_000;
const PAUSE_MS = 100;

/** One request on a connection of its own, looking like a browser's: a WAF may refuse what has no agent or accepts nothing. */
export function ask({ host, port, method = 'GET', path, signal }: Question): Promise<Answer> {
  const headers = { 'user-agent': 'Mozilla/5.0 (slopegate readiness probe)', accept: '*/*', host: 'localhost' };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, headers, agent: false, signal: limited }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/**
 * Asks until the answer has the wanted status, or the deadline has passed; then says what came last instead.
 * A published port accepts and resets before the server behind it listens, so only an HTTP answer counts.
 */
export async function waitForAnswer(question: Question, status: number, deadline: AbortSignal, check: () => Promise<unknown>): Promise<{ readonly ready: boolean; readonly last: string }> {
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
