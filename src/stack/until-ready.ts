import type Docker from 'dockerode';
import { SlopegateError, type Endpoint, type ReadySettings } from '../model/index.js';
import { handleOf, publishedPort, type Inspected } from './containers.js';
import { lastLogLines } from './docker/logs.js';
import type { Manner } from './ask.js';
import { waitForAnswer } from './ready.js';

export interface Waiting {
  readonly docker: Docker;
  readonly signal: AbortSignal;
  /** The arm's containers; throws where one has ended. */
  readonly stillRunning: () => Promise<readonly Inspected[]>;
}

export const LOOPBACK = '127.0.0.1';
const LOG_LINES = 20;

/** The loopback port of an endpoint; START_FAILED where Docker published none. */
export async function portOf({ stillRunning }: Waiting, endpoint: Endpoint): Promise<number> {
  const port = publishedPort(await stillRunning(), endpoint);
  if (port !== null) return port;
  throw new SlopegateError('START_FAILED', `Docker published no port for ${endpoint.service}:${endpoint.port}.`, { hint: 'The service needs a bridge network that is not internal.' });
}

/** Waits for the answer that makes an endpoint ready, and returns its port on the loopback interface. */
export async function untilReady(waiting: Waiting, endpoint: Endpoint, ready: ReadySettings, manner: Manner = {}): Promise<number> {
  const { docker, signal, stillRunning } = waiting;
  const port = await portOf(waiting, endpoint);
  const deadline = AbortSignal.timeout(ready.timeoutSeconds * 1000);
  const answer = await waitForAnswer({ host: LOOPBACK, port, path: ready.path, manner, signal }, ready.status, deadline, stillRunning);
  if (answer.ready) return port;
  const container = (await stillRunning()).find((candidate) => handleOf(candidate).service === endpoint.service);
  const log = container === undefined ? '' : await lastLogLines(docker, container.Id, LOG_LINES);
  throw new SlopegateError('NOT_READY', `${endpoint.service}:${endpoint.port} is not ready: ${ready.path} was to answer ${ready.status} within ${ready.timeoutSeconds} s, but ${answer.last}.`, {
    hint: log === '' ? `${endpoint.service} wrote nothing to its log.` : `Last log lines of ${endpoint.service}:\n${log}`,
  });
}
