import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../docker/connect.js';
import { handleOf, type Inspected } from '../docker/containers.js';
import { lastLogLines } from '../docker/logs.js';
import type { Endpoint, StepRequest } from '../model/index.js';
import { call, fault } from './call.js';
import type { StepContext } from './context.js';

const PAUSE_MS = 250;
const LOG_LINES = 10_000;
/** Docker's proxy accepts a connection even if no process listens on the port, and closes it at once. */
const STAYS_OPEN_MS = 300;

/** Asks until the answer is null, which means success. After the deadline, throws the last other answer. */
async function until(
  context: StepContext,
  deadline: AbortSignal,
  ask: (containers: readonly Inspected[]) => Promise<string | null>,
): Promise<void> {
  for (;;) {
    context.signal.throwIfAborted();
    const problem = await ask(await context.containers());
    if (problem === null) return;
    if (deadline.aborted) throw new Error(problem);
    await sleep(PAUSE_MS, undefined, { signal: context.signal });
  }
}

export async function waitHealthy(context: StepContext, service: string, deadline: AbortSignal): Promise<void> {
  await until(context, deadline, async (containers) => {
    const states = containers
      .filter((container) => handleOf(container).service === service)
      .map(({ State }) => State.Health?.Status ?? 'none');
    if (states.includes('none'))
      throw new Error(
        `${service} has no health check, or this engine is older than 25.0: wait for its port or an answer`,
      );
    return states.length > 0 && states.every((state) => state === 'healthy')
      ? null
      : `its health is ${states.join(', ') || 'unknown: it has no container'}`;
  });
}

export async function waitPort(context: StepContext, endpoint: Endpoint, deadline: AbortSignal): Promise<void> {
  await until(context, deadline, async () =>
    (await staysOpen(await context.addressOf(endpoint))) ? null : 'no connection is accepted there',
  );
}

export async function waitLog(
  context: StepContext,
  service: string,
  pattern: string,
  deadline: AbortSignal,
): Promise<void> {
  const wanted = new RegExp(pattern, 'm');
  await until(context, deadline, async (containers) => {
    const logs = await Promise.all(
      containers
        .filter((container) => handleOf(container).service === service)
        .map(({ Id }) => lastLogLines(context.docker, Id, LOG_LINES)),
    );
    return logs.some((log) => wanted.test(log))
      ? null
      : `no line of its log matches; the last is: ${logs.join('\n').trimEnd().split('\n').at(-1) ?? ''}`;
  });
}

export async function waitAnswer(context: StepContext, request: StepRequest, deadline: AbortSignal): Promise<void> {
  await until(context, deadline, async () => {
    try {
      return fault(
        await call(context, request, AbortSignal.any([context.signal, AbortSignal.timeout(5_000)])),
        request,
      );
    } catch (error) {
      context.signal.throwIfAborted();
      return (error as Error).message;
    }
  });
}

function staysOpen(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const settle = (open: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    };
    const timer = setTimeout(() => settle(!socket.connecting), STAYS_OPEN_MS);
    socket
      .once('data', () => settle(true))
      .once('close', () => settle(false))
      .once('error', () => settle(false));
  });
}
