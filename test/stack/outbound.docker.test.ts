import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OutboundSetting, RunningStack, Step } from '../../src/model/index.js';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, newRun, newStack, smallScenario } from './daemon.js';

/** A network namespace beside Docker's networks: as far as an arm can tell, a machine somewhere else. */
const OUTSIDE = '10.251.77.2';
const isRoot = process.getuid?.() === 0;
const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'ignore' });

let outside: ChildProcess | null = null;
let machinePort = 0;
const seen: string[] = [];
const machine = createServer((socket) => {
  seen.push(socket.remoteAddress ?? '');
  socket.end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => machine.listen(0, '0.0.0.0', resolve));
  machinePort = (machine.address() as AddressInfo).port;
  if (!isRoot) return;
  ip('netns', 'add', 'sg-outside');
  ip('link', 'add', 'sg-out0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', 'sg-outside');
  ip('addr', 'add', '10.251.77.1/24', 'dev', 'sg-out0');
  ip('link', 'set', 'sg-out0', 'up');
  ip('-n', 'sg-outside', 'addr', 'add', `${OUTSIDE}/24`, 'dev', 'eth0');
  ip('-n', 'sg-outside', 'link', 'set', 'eth0', 'up');
  ip('-n', 'sg-outside', 'link', 'set', 'lo', 'up');
  ip('-n', 'sg-outside', 'route', 'add', 'default', 'via', '10.251.77.1');
  const serve =
    'use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => 81, Listen => 9) or die; ' +
    'close $_ while $_ = $s->accept';
  outside = spawn('ip', ['netns', 'exec', 'sg-outside', 'perl', '-e', serve], { stdio: 'ignore' });
});
afterAll(() => {
  machine.close();
  outside?.kill('SIGKILL');
  if (isRoot) ip('netns', 'del', 'sg-outside');
});

describe('what leaves an arm', () => {
  let runId = '';
  afterEach(() => assertNothingLeft(runId));

  const up = async (outbound: OutboundSetting, arm = smallScenario('outbound.yml')): Promise<RunningStack> => {
    runId = newRun();
    const scenario = { ...arm, stack: { ...arm.stack, outbound } };
    return newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal: calm() });
  };
  const tried = async ({ entry }: RunningStack, host: string, port: number): Promise<string> =>
    (await ask({ ...entry, path: `/try/${host}/${port}`, signal: calm() })).body;

  test('bring-up: from the load on nothing, neither the machine nor outside; the arm itself goes on', async () => {
    await using stack = await up('bring-up');
    expect(await tried(stack, 'the-machine', machinePort)).toBe('refused');
    expect(await tried(stack, '172.17.0.1', machinePort)).toBe('refused');
    expect(await tried(stack, 'store', 80)).toBe('reached');
    expect(seen).toEqual([]);
    const notes = (await stack.notes?.()) ?? [];
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^web tried to leave its arm \d+ times and was kept in: /);
    expect(notes[0]).toContain('172.17.0.1');
  });

  test.runIf(isRoot)('bring-up: while the arm starts, outside can be reached and the machine cannot', async () => {
    const arm = smallScenario('outbound.yml');
    const stepOf = (name: string, script: string): Step => ({
      kind: 'exec',
      name,
      service: 'web',
      command: ['bash', '-c', script],
      user: null,
      capture: {},
      timeoutSeconds: 10,
    });
    const steps = [
      stepOf('outside', `: < /dev/tcp/${OUTSIDE}/81`),
      stepOf('the machine', `! : < /dev/tcp/172.17.0.1/${machinePort}`),
    ];
    await using stack = await up('bring-up', { ...arm, stack: { ...arm.stack, steps } });
    expect(await tried(stack, OUTSIDE, 81)).toBe('refused');
  });

  test.runIf(isRoot)('none: nothing from the start on', async () => {
    const arm = smallScenario('outbound.yml');
    const step: Step = {
      kind: 'exec',
      name: 'outside',
      service: 'web',
      command: ['bash', '-c', `! : < /dev/tcp/${OUTSIDE}/81`],
      user: null,
      capture: {},
      timeoutSeconds: 10,
    };
    await using stack = await up('none', { ...arm, stack: { ...arm.stack, steps: [step] } });
    expect(await tried(stack, 'store', 80)).toBe('reached');
  });

  test("open: everything, but names of the host still mean the arm's own", async () => {
    await using stack = await up('open');
    expect(await tried(stack, '172.17.0.1', machinePort)).toBe('reached');
    expect(await tried(stack, 'the-machine', machinePort)).toBe('refused');
    expect((await stack.notes?.()) ?? []).toEqual([]);
  });
});
