import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Daemons } from '../../src/arms/prepare-sites.js';
import { subnetsInUse } from '../../src/arms/survey/subnets-in-use.js';
import type { Environment } from '../../src/compose/run.js';
import { connectDocker, type DockerConnection } from '../../src/docker/connect.js';
import { inspectDocker } from '../../src/docker/inspect-docker.js';
import { labelFilter, labelsOf } from '../../src/docker/labels.js';
import type { ArmName, Reading, Scenario } from '../../src/model/index.js';
import { createObserver } from '../../src/observe/index.js';
import { createStack } from '../../src/stack/create-stack.js';
import { prune } from '../../src/stack/prune.js';
import {
  assertNothingLeft,
  calm,
  daemon as here,
  failureOf,
  fixture,
  newRun,
  owner,
  scenarioOf,
  silent,
} from './daemon.js';
import { startElsewhere, whyNotElsewhere, type Elsewhere } from './elsewhere.js';

const why = await whyNotElsewhere();
const WAF = fixture('elsewhere/compose.yml');

/** One arm on each daemon, or both on one. */
function scenarioOn(stack: Partial<Scenario['stack']> = {}): Scenario {
  return scenarioOf([WAF], {
    entry: { service: 'waf', port: 8080 },
    origin: null,
    ready: { path: '/', status: 403, timeoutSeconds: 60 },
    ...stack,
  });
}

describe.skipIf(why !== null)(`a daemon elsewhere${why === null ? '' : ` (${why})`}`, () => {
  let elsewhere: Elsewhere;
  let env: Environment;
  /** The other machine's daemon, over TLS by the name of a context. */
  let there: DockerConnection;
  beforeAll(async () => {
    elsewhere = await startElsewhere(['debian:bookworm-slim']);
    const { folder, ssh } = elsewhere;
    env = {
      ...process.env,
      DOCKER_CONFIG: join(folder, 'config'),
      PATH: `${ssh?.path ?? ''}:${process.env['PATH'] ?? ''}`,
    };
    there = await connectDocker(env, 'elsewhere');
  });
  afterAll(() => elsewhere[Symbol.asyncDispose]());

  /** Brings both arms up, does something with each, and looks whether anything is left. */
  async function withArms(
    daemons: Daemons,
    scenario: Scenario,
    use: (
      arm: ArmName,
      entry: { readonly host: string; readonly port: number },
      read: () => Promise<string>,
    ) => Promise<void>,
  ): Promise<void> {
    const stack = createStack({ daemons, owner, folder: tmpdir() });
    const runId = newRun();
    await stack.prepare({ scenario, runId, signal: calm(), onLine: silent });
    const up = (arm: ArmName) => stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
    {
      await using baseline = await up('baseline');
      await using candidate = await up('candidate');
      for (const { arm, entry, containers } of [baseline, candidate]) {
        await use(arm, entry, async () => {
          const readings: Reading[] = [];
          const began = performance.now();
          const elapsed = (): number => (performance.now() - began) / 1000;
          const observation = await createObserver({ docker: daemons[arm].docker }).observe({
            arm,
            containers,
            answered: () => 0,
            elapsed,
            onReading: (reading) => void readings.push(reading),
            onEvent: silent,
          });
          while (readings.length === 0 && elapsed() < 20) await new Promise((resolve) => setTimeout(resolve, 100));
          await observation[Symbol.asyncDispose]();
          expect(readings[0]?.minimum['unreclaimable_bytes']).toBeGreaterThan(1e6);
          return observation.source;
        });
      }
    }
    await assertNothingLeft(runId);
    expect(await there.docker.listContainers({ all: true, filters: JSON.stringify({ label: labelFilter() }) })).toEqual(
      [],
    );
  }

  const statusOf = async ({ host, port }: { readonly host: string; readonly port: number }): Promise<number> =>
    (await fetch(`http://${host}:${port}/`)).status;

  test('opens no port there unless the scenario allows it, and starts nothing', async () => {
    const stack = createStack({ daemons: { baseline: here, candidate: there }, owner, folder: tmpdir() });
    const failure = await failureOf(
      stack.prepare({ scenario: scenarioOn(), runId: newRun(), signal: calm(), onLine: silent }),
    );
    expect(failure).toMatchObject({ code: 'STACK_REFUSED', exitCode: 2 });
    expect(failure.message).toContain(`ports: would be published on ${elsewhere.address}`);
    expect(failure.hint).toContain('stack.allow: [remote-ports]');
  });

  test('one arm here, one there over TLS: each answers, and is watched in the way its host allows', async () => {
    const sources: Partial<Record<ArmName, string>> = {};
    await withArms(
      { baseline: here, candidate: there },
      scenarioOn({ allow: ['remote-ports'] }),
      async (arm, entry, read) => {
        expect(entry.host).toBe(arm === 'baseline' ? '127.0.0.1' : elsewhere.address);
        expect(await statusOf(entry)).toBe(403);
        sources[arm] = await read();
      },
    );
    expect(sources.baseline).toMatch(/^cgroup/);
    expect(sources.candidate).toBe('docker-stats');
  });

  test('both arms there, by DOCKER_HOST and certificates', async () => {
    await using daemon = await connectDocker({
      ...env,
      DOCKER_HOST: `tcp://${elsewhere.address}:2376`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: elsewhere.folder,
    });
    await withArms(
      { baseline: daemon, candidate: daemon },
      scenarioOn({ allow: ['remote-ports'] }),
      async (_, entry) => {
        expect(entry.host).toBe(elsewhere.address);
        expect(await statusOf(entry)).toBe(403);
      },
    );
  });

  test('without the certificates it does not answer', async () => {
    const stranger = await connectDocker(process.env, `tcp://${elsewhere.address}:2376`);
    expect(await inspectDocker(stranger)).toMatchObject({ daemon: null });
  });

  test('over ssh nothing is opened: traffic goes through the connection', async (context) => {
    context.skip(elsewhere.ssh === null, 'no ssh server is to be had');
    await using daemon = await connectDocker(env, elsewhere.ssh!.host);
    await withArms({ baseline: daemon, candidate: daemon }, scenarioOn(), async (_, entry) => {
      expect(entry.host).toBe('127.0.0.1');
      expect(await statusOf(entry)).toBe(403);
    });
    expect(await daemon.readHostFile('/proc/net/route')).toContain('eth0');
    expect(await subnetsInUse(daemon)).toContain(`${elsewhere.address.replace(/\d+$/, '0')}/30`);
  });

  test('the rest of a killed run on another host is pruned there', async () => {
    const runId = newRun();
    await there.docker.createVolume({ Name: `${runId}-volume`, Labels: labelsOf({ runId }, 'somebody') });
    expect((await prune(here, { here: owner, runId, force: true })).volumes).toEqual([]);
    expect((await prune(there, { here: owner, runId, force: true })).volumes).toEqual([`${runId}-volume`]);
  });
});

test('a context that is not there', async () => {
  expect(await failureOf(connectDocker(process.env, 'nowhere'))).toMatchObject({
    code: 'DOCKER_UNREACHABLE',
    message: 'There is no Docker context "nowhere".',
  });
});
