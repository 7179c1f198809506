import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArmName, RunningStack, Step } from '../../src/model/index.js';
import { run } from '../../src/compose/run.js';
import { calm, docker, fixture, leftovers, newRun, newStack, scenarioOf } from './daemon.js';
import { nameOfTest } from '../test-process.js';
import { say } from '../../src/words/say.js';

const FILE = fixture('safeline-9/compose.yml');
const NAMES = ['chaos', 'detector', 'fvm', 'luigi', 'mgt', 'pg', 'tengine'].map((name) => `sg-test-safeline-${name}`);
const production = ['docker', 'compose', '-p', nameOfTest('safeline'), '-f', FILE];

/** What the console is asked, through its own port, as its users do. */
function ask(method: string, path: string, match: string): Step {
  const endpoint = { service: 'mgt', port: 1443 };
  const request = { method, scheme: 'http', endpoint, path, headers: {}, body: null, status: 200, match } as const;
  return { name: `${method} ${path}`, timeoutSeconds: 60, kind: 'http', request, capture: {}, repeat: 1 };
}

const STEPS: readonly Step[] = [
  { name: 'console', timeoutSeconds: 60, kind: 'port', endpoint: { service: 'mgt', port: 1443 } },
  ask('GET', '/containers', `^${NAMES.join(',')}$`),
  ask('POST', '/restart/sg-test-safeline-luigi', '^204$'),
  // Somebody else's, whether it is there or not.
  ask('POST', '/restart/sg-test-neighbour', '^404$'),
];

/** Service → when its container started last. */
async function startsOf(label: string): Promise<Readonly<Record<string, string>>> {
  const listed = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [label] }) });
  const entries = await Promise.all(
    listed.map(async ({ Id, Labels }) => {
      const { State } = await docker.getContainer(Id).inspect();
      return [Labels['com.docker.compose.service'], `${Id} ${State.Status} ${State.StartedAt}`] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([service]) => service !== undefined));
}

beforeAll(async () => {
  const label = `slopegate-test=${nameOfTest('neighbour')}`;
  const neighbour = ['run', '-d', '--rm', '--name', 'sg-test-neighbour', '--label', label];
  for (const command of [
    [...production, 'up', '-d'],
    ['docker', ...neighbour, 'debian:bookworm-slim', 'sleep', 'infinity'],
  ]) {
    const { code, lines } = await run({ command, env: process.env });
    if (code !== 0) throw new Error(lines.join('\n'));
  }
});
afterAll(async () => {
  await run({ command: [...production, 'down', '-v', '-t', '0'], env: process.env });
  await run({ command: ['docker', 'rm', '-f', 'sg-test-neighbour'], env: process.env });
});

test('two arms of SafeLine 9 beside production: each console sees and restarts its own arm alone', async () => {
  const ofProduction = `com.docker.compose.project=${production[3]}`;
  const before = await startsOf(ofProduction);
  expect(Object.keys(before)).toHaveLength(7);
  const plain = scenarioOf([FILE], { entry: { service: 'tengine', port: 48451 }, origin: null, steps: STEPS });
  const baseline = { ...plain.arms.baseline, environment: {} };
  const scenario = { ...plain, arms: { baseline, candidate: baseline } };
  const runId = newRun();
  const stack = newStack();
  await stack.prepare({ scenario, runId, signal: calm(), onLine: () => {} });
  {
    const up = (arm: ArmName) => stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
    const arms = await Promise.all([up('baseline'), up('candidate')]);
    await using first = arms[0];
    await using second = arms[1];
    for (const arm of [first, second]) {
      expect((await fetch(`http://127.0.0.1:${arm.entry.port}/`)).status).toBe(200);
      expect(await restartedIn(arm)).toEqual(['luigi']);
      expect((await arm.notes!()).map(say)).toEqual(
        expect.arrayContaining([
          'mgt acted on its arm through its Docker API: restart luigi (1 time).',
          'mgt asked its Docker API for what an arm may not do, and was refused: ' +
            'POST /containers/{container}/restart of sg-test-neighbour, which is not in the arm (1 time).',
        ]),
      );
    }
  }
  expect(await leftovers(runId)).toEqual([]);
  expect(await startsOf(ofProduction)).toEqual(before);
});

/** Services of an arm whose container had ended before it ran as it does now. */
async function restartedIn({ containers }: RunningStack): Promise<string[]> {
  const states = await Promise.all(containers.map(async ({ id }) => (await docker.getContainer(id).inspect()).State));
  return containers.filter((_, at) => !states[at]!.FinishedAt.startsWith('0001-')).map(({ service }) => service);
}
