import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveModel, startProject } from '../../src/compose/cli.js';
import { findCompose } from '../../src/compose/find-compose.js';
import { run } from '../../src/compose/run.js';
import { labelsOf } from '../../src/docker/labels.js';
import { describeOwner, formatOwner } from '../../src/stack/owner.js';
import { findStale, prune, pruneStale } from '../../src/stack/prune.js';
import {
  calm,
  daemon,
  docker,
  failureOf,
  fixture,
  leftovers,
  newRun,
  newStack,
  owner,
  smallScenario,
} from './daemon.js';
import { nameOfTest } from '../test-process.js';

describe('a stack full of fixed names, ports and addresses', () => {
  let holder: Server;
  let port = 0;
  const plain = ['docker', 'compose', '-p', nameOfTest('plain'), '-f', fixture('busy.yml')];
  const environment = () => ({ PORT: String(port) });

  beforeAll(async () => {
    // A port that is certainly taken, held by us for the whole file.
    holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    port = (holder.address() as { port: number }).port;
  });
  afterAll(async () => {
    holder.close();
    await run({ command: [...plain, 'down', '-v', '-t', '0'], env: process.env });
  });

  test('two arms run beside a copy that plain docker compose started', async () => {
    const up = await run({ command: [...plain, 'up', '-d'], env: process.env });
    expect(up).toMatchObject({ code: 0 });
    const runId = newRun();
    const stack = newStack();
    const scenario = smallScenario('busy.yml');
    const lines: string[] = [];
    await stack.prepare({ scenario, runId, signal: calm(), onLine: (line) => lines.push(line) });
    {
      const up = (arm: 'baseline' | 'candidate') =>
        stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
      await using baseline = await up('baseline');
      await using candidate = await up('candidate');
      for (const arm of [baseline, candidate]) {
        expect((await fetch(`http://127.0.0.1:${arm.entry.port}/`)).status).toBe(200);
        // `migrate` did its work and ended: there is nothing of it to watch.
        expect(arm.containers.map(({ service }) => service)).toEqual(['store', 'web']);
      }
    }
    expect(await leftovers(runId)).toEqual([]);
    expect(lines).toContain(
      'services.web.healthcheck: turned off: it disturbs the memory readings; slopegate checks from outside',
    );
    expect(lines).toContain('services.web.ports: 127.0.0.1:18444:443/tcp not published');
    const others = await run({ command: [...plain, 'ps', '-q'], env: process.env });
    expect(others.stdout.trim().split('\n')).toHaveLength(2);
    await run({ command: [...plain, 'down', '-v', '-t', '0'], env: process.env });
  });

  test('a taken port does not matter, since ports are moved; the error names one that cannot be moved', async () => {
    const scenario = smallScenario('busy.yml');
    const runId = newRun();
    const arms = {
      baseline: { ...scenario.arms.baseline, environment: environment() },
      candidate: { ...scenario.arms.candidate, environment: environment() },
    };
    {
      await using arm = await newStack().up({
        scenario: { ...scenario, arms },
        arm: 'baseline',
        runId,
        trialId: 't',
        signal: calm(),
      });
      expect(arm.entry.port).not.toBe(port);
    }
    const compose = await findCompose(process.env);
    const model = await resolveModel({ compose, signal: calm() }, arms.baseline);
    const { networks: _networks, ...web } = model.services['web']!;
    const labels = labelsOf({ runId }, formatOwner(owner));
    const insisting = {
      name: runId,
      services: { web: { ...web, depends_on: {}, volumes: [], labels } },
      networks: { default: { labels } },
    };
    const failure = await failureOf(startProject({ compose, signal: calm() }, insisting));
    expect(failure).toMatchObject({ code: 'PORT_TAKEN', exitCode: 5 });
    expect(failure.message).toContain(`127.0.0.1:${port}`);
    await prune(daemon, { here: owner, runId, force: true });
    expect(await leftovers(runId)).toEqual([]);
  });

  test('containers of a killed process are found and removed by label', async () => {
    const harness = spawn('sleep', ['600']);
    const dead = await describeOwner({ hostname: hostname(), pid: harness.pid! });
    const runId = newRun();
    const labels = labelsOf({ runId, trialId: 't', arm: 'baseline' }, formatOwner(dead));
    await docker.createVolume({ Name: `${runId}-volume`, Labels: labels });
    await docker.createNetwork({ Name: `${runId}-network`, Labels: labels });
    const container = await docker.createContainer({
      Image: 'debian:bookworm-slim',
      Cmd: ['sleep', '600'],
      Labels: labels,
      HostConfig: { NetworkMode: `${runId}-network`, Binds: [`${runId}-volume:/data`] },
    });
    await container.start();

    expect(await findStale(daemon, owner)).not.toContain(runId);
    harness.kill('SIGKILL');
    await once(harness, 'exit');
    expect(await findStale(daemon, owner)).toContain(runId);

    const removed = (await pruneStale(daemon, owner)).get(runId);
    expect(removed).toMatchObject({ networks: [`${runId}-network`], volumes: [`${runId}-volume`] });
    expect(removed?.containers).toHaveLength(1);
    expect(await leftovers(runId)).toEqual([]);
    expect(await prune(daemon, { here: owner, runId })).toEqual({
      containers: [],
      networks: [],
      volumes: [],
      images: [],
      kept: [],
    });
  });

  test('prune leaves a living run alone, and one whose process it cannot see; --force does not', async () => {
    const runId = newRun();
    const elsewhere = newRun();
    await docker.createNetwork({ Name: `${runId}-network`, Labels: labelsOf({ runId }, formatOwner(owner)) });
    const unseen = formatOwner({ ...owner, namespace: '1', start: '1' });
    await docker.createNetwork({ Name: `${elsewhere}-network`, Labels: labelsOf({ runId: elsewhere }, unseen) });

    expect(await findStale(daemon, owner)).not.toContain(elsewhere);
    expect(await failureOf(prune(daemon, { here: owner, runId }))).toMatchObject({ code: 'USAGE', exitCode: 2 });
    expect(await failureOf(prune(daemon, { here: owner, runId: elsewhere }))).toMatchObject({ code: 'USAGE' });
    const { kept } = await prune(daemon, { here: owner, dryRun: true });
    expect(kept).toContainEqual({ runId, owner: 'alive' });
    expect(kept).toContainEqual({ runId: elsewhere, owner: 'unknown' });

    const rehearsal = await prune(daemon, { here: owner, runId, force: true, dryRun: true });
    expect(rehearsal).toMatchObject({ networks: [`${runId}-network`], kept: [] });
    expect(await leftovers(runId)).toHaveLength(1);
    for (const id of [runId, elsewhere]) await prune(daemon, { here: owner, runId: id, force: true });
    expect([...(await leftovers(runId)), ...(await leftovers(elsewhere))]).toEqual([]);
  });

  test('preparing a run removes what a killed one left, and says so', async () => {
    const harness = spawn('sleep', ['600']);
    const dead = await describeOwner({ hostname: hostname(), pid: harness.pid! });
    harness.kill('SIGKILL');
    await once(harness, 'exit');
    const runId = newRun();
    await docker.createNetwork({ Name: `${runId}-network`, Labels: labelsOf({ runId }, formatOwner(dead)) });
    const lines: string[] = [];
    await newStack().prepare({
      scenario: smallScenario('silent.yml'),
      runId: newRun(),
      signal: calm(),
      onLine: (line) => lines.push(line),
    });
    expect(lines).toContain(`Removed what the killed run ${runId} left behind: ${runId}-network`);
  });
});
