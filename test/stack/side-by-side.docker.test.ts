import { copyFile, cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningStack, Scenario } from '../../src/model/index.js';
import { run } from '../../src/compose/run.js';
import { calm, docker, fixture, leftovers, newRun, newStack, ROOT, scenarioOf } from './daemon.js';
import { nameOfTest } from '../test-process.js';

const ENTRIES: Readonly<
  Record<
    string,
    {
      readonly service: string;
      readonly port: number;
      readonly omit?: readonly string[];
    }
  >
> = {
  gateway: { service: 'gateway', port: 8080 },
  safeline: { service: 'tengine', port: 48443, omit: ['bridge'] },
  crs: { service: 'crs', port: 8080 },
  bunkerweb: { service: 'bunkerweb', port: 8080 },
  scaled: { service: 'balancer', port: 8080 },
  hosts: { service: 'proxy', port: 48085 },
  traefik: { service: 'traefik', port: 80 },
  agents: { service: 'edge', port: 8080 },
  mailcow: { service: 'nginx', port: 8080 },
  kong: { service: 'gateway', port: 8000 },
};

/** What the entry answers, and the port at which production answers the same before, beside and after the arms. */
const ANSWERS: Readonly<Record<string, { readonly text: RegExp; readonly production: number }>> = {
  // Production's router, which asks the daemon itself, must not find the arms' containers.
  traefik: { text: /^routed to 2 x whoami$/, production: 18091 },
  agents: { text: /^edge$/, production: 18092 },
  mailcow: { text: /^nginx$/, production: 18093 },
  kong: { text: /^proxy_pass http/, production: 18094 },
};

/** Service, file and what must stand in it: the arm's own copy, its addresses moved. */
const COPIES: Readonly<Record<string, readonly (readonly [string, string, RegExp])[]>> = {
  safeline: [['mgt', '/app/nginx/site.conf', /server 10\.(?!31\.251)\d+\.\d+\.5:8000/]],
  crs: [
    ['crs', '/etc/nginx/upstream.conf', /http:\/\/10\.(?!31\.252)\d+\.\d+\.11:8080/],
    ['crs', '/var/log/audit.log', /production/],
  ],
  scaled: [['worker', '/shared/state', /production/]],
  // The agent has read of the arm's own request.
  agents: [
    ['manager', '/decisions/seen', /GET \/of-the-(?:baseline|candidate)/],
    ['agent', '/host-logs.txt', /production/],
  ],
  kong: [['gateway', '/data/migrated', /production\netcd/]],
};

/** Two copies of each fixture beside a third that plain `docker compose up` has started from the same file. */
describe('two arms beside a production stack', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slopegate-test-vendor-'));
    for (const name of ['data/postgres', 'data/mgt/nginx', 'rules', 'logs'])
      await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, 'data/mgt/nginx/site.conf'), 'upstream detector { server 10.31.251.5:8000; }\n');
    await writeFile(join(folder, 'rules/before.conf'), '# nothing\n');
    await writeFile(join(folder, 'upstream.conf'), 'proxy_pass http://10.31.252.11:8080;\n');
    for (const name of Object.keys(ENTRIES))
      await copyFile(fixture(`compose/${name}.yml`), join(folder, `${name}.yml`));
    await writeFile(join(folder, 'audit.log'), 'production\n');
    await cp(fixture('compose/programs'), join(folder, 'programs'), {
      recursive: true,
    });
    // Stands for every product in the fixtures.
    await run({
      command: ['docker', 'compose', '-f', join(ROOT, 'docker-compose.yml'), 'build', 'origin'],
      env: process.env,
    });
    const labels = { 'slopegate-test': nameOfTest('company') };
    await docker.createNetwork({ Name: 'sg-test-company', Labels: labels });
    await docker.createVolume({ Name: 'sg-test-shared', Labels: labels });
    await run({
      command: [
        'docker',
        'run',
        '--rm',
        '-v',
        'sg-test-shared:/shared',
        'debian:bookworm-slim',
        'sh',
        '-c',
        'echo production > /shared/state',
      ],
      env: process.env,
    });
  });
  afterAll(async () => {
    await docker.getNetwork('sg-test-company').remove();
    await docker.getVolume('sg-test-shared').remove();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(Object.keys(ENTRIES))('%s', async (name) => {
    const plain = ['docker', 'compose', '-p', nameOfTest('plain'), '-f', join(folder, `${name}.yml`)];
    const down = () => run({ command: [...plain, 'down', '-v', '-t', '0'], env: process.env });
    /** Ids of the production stack's containers that run. */
    const listed = async () =>
      (await run({ command: [...plain, 'ps', '-q'], env: process.env })).stdout.split('\n').filter(Boolean).sort();
    try {
      const production = await run({
        command: [...plain, 'up', '-d'],
        env: process.env,
      });
      if (production.code !== 0) throw new Error(production.lines.join('\n'));
      const running = await listed();
      await expectAnswer(name);
      const runId = newRun();
      const stack = newStack();
      const up = (arm: 'baseline' | 'candidate') =>
        stack.up({
          scenario: scenarioFor(name, folder),
          arm,
          runId,
          trialId: `r1-${arm}`,
          signal: calm(),
        });
      await stack.prepare({
        scenario: scenarioFor(name, folder),
        runId,
        signal: calm(),
        onLine: () => {},
      });
      {
        const arms = await Promise.all([up('baseline'), up('candidate')]);
        await using baseline = arms[0];
        await using candidate = arms[1];
        for (const arm of [baseline, candidate]) {
          const answer = await fetch(`http://127.0.0.1:${arm.entry.port}/of-the-${arm.arm}`);
          expect(answer.status).toBe(200);
          expect(await answer.text()).toMatch(ANSWERS[name]?.text ?? /./);
          for (const [service, file, pattern] of COPIES[name] ?? [])
            await expect.poll(() => inside(arm, service, file), { timeout: 10_000 }).toMatch(pattern);
        }
        await expectAnswer(name);
        expect(baseline.containers.map(({ service }) => service)).toEqual(
          candidate.containers.map(({ service }) => service),
        );
      }
      expect(await leftovers(runId)).toEqual([]);
      expect(running).not.toEqual([]);
      expect(await listed()).toEqual(running);
      await expectAnswer(name);
    } finally {
      await down();
    }
  });
});

/** Production answers as it should; a moment after its start it may not yet. */
async function expectAnswer(name: string): Promise<void> {
  const expected = ANSWERS[name];
  if (expected === undefined) return;
  const answer = () =>
    fetch(`http://127.0.0.1:${expected.production}/`).then(
      (found) => found.text(),
      () => '',
    );
  await expect.poll(answer, { timeout: 20_000 }).toMatch(expected.text);
}

/** The fixture in a folder of its own, where its relative paths lead to something. */
function scenarioFor(name: string, folder: string): Scenario {
  const { omit = [], ...entry } = ENTRIES[name]!;
  const scenario = scenarioOf([join(folder, `${name}.yml`)], {
    entry,
    origin: null,
  });
  const arm = { ...scenario.arms.baseline, environment: {}, omit };
  return { ...scenario, arms: { baseline: arm, candidate: arm } };
}

async function inside(arm: RunningStack, service: string, file: string): Promise<string> {
  const { id } = arm.containers.find((container) => container.service === service)!;
  return (
    await run({
      command: ['docker', 'exec', id, 'cat', file],
      env: process.env,
    })
  ).stdout;
}
