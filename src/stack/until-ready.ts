import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, DockerConnection } from '../docker/connect.js';
import { handleOf, publishedPort, type Inspected } from '../docker/containers.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { SlopegateError, type Endpoint, type ReadySettings } from '../model/index.js';
import type { EntryTransport } from './ask.js';
import { waitForAnswer } from './ready.js';

export interface Waiting {
  readonly daemon: DockerConnection;
  readonly signal: AbortSignal;
  /** The arm's containers; throws if one has ended. */
  readonly stillRunning: () => Promise<readonly Inspected[]>;
}

const LOG_LINES = 20;
const PAUSE_MS = 100;

/**
 * The address of an endpoint's published port; null while its container is being restarted.
 * @throws SlopegateError START_FAILED if Docker published none
 */
async function whereNow({ daemon, stillRunning }: Waiting, endpoint: Endpoint): Promise<Address | null> {
  const containers = await stillRunning();
  const port = publishedPort(containers, endpoint);
  if (port !== null) return daemon.reach(port);
  if (containers.some((one) => handleOf(one).service === endpoint.service && one.State.Restarting)) return null;
  throw new SlopegateError('START_FAILED', `Docker published no port for ${endpoint.service}:${endpoint.port}.`, {
    hint: 'The service needs a bridge network that is not internal.',
  });
}

/** The address of an endpoint's published port, as soon as its container is not being restarted. */
export async function addressOf(waiting: Waiting, endpoint: Endpoint): Promise<Address> {
  for (;;) {
    const address = await whereNow(waiting, endpoint);
    if (address !== null) return address;
    await sleep(PAUSE_MS, undefined, { signal: waiting.signal });
  }
}

/** Waits for the answer that makes an endpoint ready, and returns the address. */
export async function untilReady(
  waiting: Waiting,
  endpoint: Endpoint,
  ready: ReadySettings,
  transport: EntryTransport = {},
): Promise<Address> {
  const { daemon, signal, stillRunning } = waiting;
  const deadline = AbortSignal.timeout(ready.timeoutSeconds * 1000);
  const locate = () => whereNow(waiting, endpoint);
  const answer = await waitForAnswer({ path: ready.path, transport, signal }, ready.status, deadline, locate);
  if (answer.address !== null) return answer.address;
  const container = (await stillRunning()).find((candidate) => handleOf(candidate).service === endpoint.service);
  const log = container === undefined ? '' : await lastLogLines(daemon.docker, container.Id, LOG_LINES);
  const restarts = container?.RestartCount ?? 0;
  throw new SlopegateError(
    'NOT_READY',
    `${endpoint.service}:${endpoint.port} is not ready: ${ready.path} should answer ${ready.status} ` +
      `within ${ready.timeoutSeconds} s, but ${answer.last}.` +
      (restarts === 0 ? '' : ` Its container was restarted ${restarts} times.`),
    {
      hint:
        log === ''
          ? `${endpoint.service} wrote nothing to its log.`
          : `Last log lines of ${endpoint.service}:\n${quoted(log)}`,
    },
  );
}
