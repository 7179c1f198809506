import { afterAll, expect, test } from 'vitest';
import { createProject } from '../../src/compose/cli.js';
import { findCompose } from '../../src/compose/find-compose.js';
import type { ComposeService } from '../../src/compose/model.js';
import { handleOf, inspectAll } from '../../src/docker/containers.js';
import { labelsOf } from '../../src/docker/labels.js';
import { removeLabelled } from '../../src/docker/remove.js';
import { isolate } from '../../src/isolate/isolate.js';
import type { IsolateOptions } from '../../src/isolate/types.js';
import { formatOwner } from '../../src/stack/owner.js';
import { PLAIN } from '../isolate/options.js';
import { calm, docker, newRun, owner } from './daemon.js';

const MIB = 1024 ** 2;
const runId = newRun();
afterAll(() => removeLabelled(docker, { runId }));

const under = (limits: object, rest: object = {}): ComposeService =>
  ({ deploy: { resources: { limits, ...rest } } }) as ComposeService;
/** Every way to state a limit, as Compose resolves it, and the MiB that the container must have. */
const WAYS: Readonly<Record<string, readonly [ComposeService, number]>> = {
  a: [{ mem_limit: String(1024 * MIB), deploy: { replicas: 1, placement: {}, resources: {} } }, 1024],
  b: [{ cpus: 1, deploy: { restart_policy: { condition: 'on-failure' } } }, 0],
  c: [under({ memory: String(256 * MIB), cpus: 0.5, pids: 50 }), 256],
  d: [under({ pids: 50 }), 0],
  e: [under({ cpus: 0.5 }), 0],
  f: [under({ memory: String(256 * MIB) }, { reservations: { memory: String(128 * MIB) } }), 256],
  g: [{ deploy: { resources: { reservations: { memory: String(100 * MIB) } } } }, 0],
  h: [{ scale: 1, mem_limit: String(512 * MIB), memswap_limit: '-1', pids_limit: 100, cpu_shares: 100 }, 512],
};

async function created(limits: IsolateOptions['limits'], trialId: string): Promise<Readonly<Record<string, number>>> {
  const image = 'debian:bookworm-slim';
  const services = Object.fromEntries(Object.entries(WAYS).map(([name, [way]]) => [name, { ...way, image }]));
  const labels = labelsOf({ runId, trialId }, formatOwner(owner));
  const { model } = isolate({ services }, { ...PLAIN, limits, labels, project: `${runId}-${trialId}` });
  await createProject({ compose: await findCompose(process.env), signal: calm() }, model);
  const containers = await inspectAll(docker, { runId, trialId });
  return Object.fromEntries(
    containers.map((container) => [handleOf(container).service, (container.HostConfig.Memory ?? 0) / MIB]),
  );
}

test('every way to state a limit is accepted by Compose, and is the limit of the container', async () => {
  expect(await created({ memoryBytes: null, cpus: null }, 'own')).toEqual(
    Object.fromEntries(Object.entries(WAYS).map(([name, [, memory]]) => [name, memory])),
  );
});

test('a limit of the scenario takes the place of all of them', async () => {
  expect(await created({ memoryBytes: 64 * MIB, cpus: 1 }, 'stated')).toEqual(
    Object.fromEntries(Object.keys(WAYS).map((name) => [name, 64])),
  );
});
