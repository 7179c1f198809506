import { tmpdir } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showStack } from '../../src/arms/index.js';
import type { RunningStack, Scenario } from '../../src/model/index.js';
import { run } from '../../src/compose/run.js';
import { refusedAttacks, rewrittenAttacks, type Attack } from './adversarial/attacks.js';
import { startProduction, type Production } from './adversarial/production.js';
import { calm, daemon, failureOf, leftovers, newRun, newStack, scenarioOf } from './daemon.js';

/** What the tables of attacks need before production stands: only their names count then. */
const NOBODY = { folder: '/p', container: 'c', network: 'n', address: '', gateway: '', subnet: '' } as Production;
const REFUSED = refusedAttacks(NOBODY).map(({ name }) => name);
const REWRITTEN = rewrittenAttacks(NOBODY).map(({ name }) => name);
/** Each attack in a stack of its own, as `scripts/adversarial.sh` asks; otherwise all of a kind in one. */
const EACH = env['SLOPEGATE_ADVERSARIAL'] === 'each';

const SERVER =
  '$$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 9, ReuseAddr => 1) or die; ' +
  'while ($$c = $$s->accept) { <$$c>; print $$c "HTTP/1.0 200 OK\\r\\n\\r\\nok"; close $$c }';
const PLAIN = { image: 'debian:bookworm-slim', command: ['sleep', 'infinity'], stop_signal: 'KILL' };

let production: Production;
let files = 0;

/** A scenario whose stack makes these attacks, one service each, beside an entry that answers. */
async function scenarioWith(attacks: readonly Attack[]): Promise<Scenario> {
  const top: Record<string, Record<string, unknown>> = {};
  for (const [kind, part] of attacks.flatMap((attack) => Object.entries(attack.top ?? {})))
    top[kind] = { ...top[kind], ...part };
  const services = Object.fromEntries(attacks.map(({ name, service }) => [name, { ...PLAIN, ...service }]));
  const entry = { ...PLAIN, command: ['perl', '-MIO::Socket::INET', '-e', SERVER] };
  files += 1;
  const file = `${production.folder}-stack-${files}.json`;
  await writeFile(file, JSON.stringify({ name: 'shop', services: { ...services, entry }, ...top }));
  const scenario = scenarioOf([file], { entry: { service: 'entry', port: 8080 }, origin: null });
  return { ...scenario, arms: { baseline: { ...scenario.arms.baseline }, candidate: { ...scenario.arms.baseline } } };
}

async function up(scenario: Scenario, runId: string): Promise<RunningStack> {
  const stack = newStack();
  await stack.prepare({ scenario, runId, signal: calm(), onLine: () => {} });
  return stack.up({ scenario, arm: 'baseline', runId, trialId: 'r1-baseline', signal: calm() });
}

/** What a container could read of everything that it reached for. */
async function probe({ containers }: RunningStack, service: string): Promise<string> {
  const { id } = containers.find((container) => container.service === service)!;
  const script = await readFile(new URL('adversarial/probe.pl', import.meta.url), 'utf8');
  const command = ['docker', 'exec', '-i', id, 'perl', '-', ...production.listening];
  const { stdout } = await run({ command, env, input: script });
  return stdout;
}

beforeAll(async () => {
  production = await startProduction();
});
afterAll(async () => {
  await production[Symbol.asyncDispose]();
  await run({ command: ['sh', '-c', `rm -f ${production.folder}-stack-*.json`], env });
});

test('there are at least fifty attacks', () => {
  expect(new Set([...REFUSED, ...REWRITTEN]).size).toBeGreaterThanOrEqual(50);
});

test('the canaries are where an arm could find them: a container beside them reads each one', async () => {
  const paths = ['/dev/shm/canary', '/data/canary', '/proc/1/environ'];
  const command = ['docker', 'exec', production.container, 'cat', ...paths];
  const { stdout } = await run({ command, env });
  expect(stdout.split(production.token)).toHaveLength(3);
  expect(stdout).toContain('of production');
});

const groups = (names: readonly string[]): (readonly string[])[] => (EACH ? names.map((name) => [name]) : [names]);
const chosen = (all: readonly Attack[], names: readonly string[]): Attack[] =>
  all.filter(
    ({ name }) => names.includes(name) || all.some((other) => names.includes(other.name) && other.beside === name),
  );

describe('attacks that are refused before anything is created', () => {
  test.each(
    groups(REFUSED).map((names) => [names.length === 1 ? names[0]! : `${names.length} of them`, names] as const),
  )('%s', async (_name, names) => {
    const attacks = chosen(refusedAttacks(production), names);
    const before = await production.state();
    const scenario = await scenarioWith(attacks);
    const shown = await showStack({
      daemons: { baseline: daemon, candidate: daemon },
      scenario,
      folder: tmpdir(),
      signal: calm(),
    });
    const allowOf = ({ name }: Attack): unknown[] => [
      ...new Set(shown.baseline.refusals.filter(({ path }) => path.split('.')[1] === name).map(({ allow }) => allow)),
    ];
    expect(attacks.map((attack) => [attack.name, ...allowOf(attack)])).toEqual(
      attacks.map(({ name, refused }) => [name, refused === 'nothing' ? null : refused]),
    );
    const runId = newRun();
    expect((await failureOf(up(scenario, runId))).code).toBe('STACK_REFUSED');
    expect(await leftovers(runId)).toEqual([]);
    expect(await production.state()).toEqual(before);
  });
});

describe('attacks that get something of the arm’s own in place of what they reach for', () => {
  test.each(
    groups(REWRITTEN).map((names) => [names.length === 1 ? names[0]! : `${names.length} of them`, names] as const),
  )('%s', async (_name, names) => {
    const attacks = chosen(rewrittenAttacks(production), names);
    const before = await production.state();
    const runId = newRun();
    {
      await using arm = await up(await scenarioWith(attacks), runId);
      const read = await Promise.all(attacks.map(async ({ name }) => [name, await probe(arm, name)] as const));
      for (const [name, text] of read)
        expect([name, text.includes('probed'), text.includes(production.token)]).toEqual([name, true, false]);
      expect(await production.state()).toEqual(before);
    }
    expect(await leftovers(runId)).toEqual([]);
    expect(await production.state()).toEqual(before);
  });
});
