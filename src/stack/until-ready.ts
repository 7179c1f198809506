import type { Address, DockerConnection } from '../docker/connect.js';
import { handleOf, publishedPort, type Inspected } from '../docker/containers.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { SlopegateError, type Endpoint, type ReadySettings } from '../model/index.js';
import type { Manner } from './ask.js';
import { waitForAnswer } from './ready.js';

export interface Waiting {
  readonly daemon: DockerConnection;
  readonly signal: AbortSignal;
  /** The arm's containers; throws where one has ended. */
  readonly stillRunning: () => Promise<readonly Inspected[]>;
}

const LOG_LINES = 20;

/** Where an endpoint's published port is reached; START_FAILED where Docker published none. */
export async function addressOf({ daemon, stillRunning }: Waiting, endpoint: Endpoint): Promise<Address> {
  const port = publishedPort(await stillRunning(), endpoint);
  if (port !== null) return daemon.reach(port);
  throw new SlopegateError('START_FAILED', `Docker published no port for ${endpoint.service}:${endpoint.port}.`, {
    hint: 'The service needs a bridge network that is not internal.',
  });
}

/** Waits for the answer that makes an endpoint ready, and returns where that is. */
export async function untilReady(
  waiting: Waiting,
  endpoint: Endpoint,
  ready: ReadySettings,
  manner: Manner = {},
): Promise<Address> {
  const { daemon, signal, stillRunning } = waiting;
  const address = await addressOf(waiting, endpoint);
  const deadline = AbortSignal.timeout(ready.timeoutSeconds * 1000);
  const answer = await waitForAnswer(
    { ...address, path: ready.path, manner, signal },
    ready.status,
    deadline,
    stillRunning,
  );
  if (answer.ready) return address;
  const container = (await stillRunning()).find((candidate) => handleOf(candidate).service === endpoint.service);
  const log = container === undefined ? '' : await lastLogLines(daemon.docker, container.Id, LOG_LINES);
  throw new SlopegateError(
    'NOT_READY',
    `${endpoint.service}:${endpoint.port} is not ready: ${ready.path} was to answer ${ready.status} ` +
      `within ${ready.timeoutSeconds} s, but ${answer.last}.`,
    {
      hint:
        log === ''
          ? `${endpoint.service} wrote nothing to its log.`
          : `Last log lines of ${endpoint.service}:\n${quoted(log)}`,
    },
  );
}
