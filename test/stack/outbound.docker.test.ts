import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutboundSetting, RunningStack, Step } from '../../src/model/index.js';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, newRun, newStack, smallScenario } from './daemon.js';
import { say } from '../../src/words/say.js';

/** A network namespace beside Docker's networks: as far as an arm can tell, a machine somewhere else. */
const OUTSIDE = '10.251.77.2';
const OUTSIDE_SERVER = `
  use IO::Socket::INET; use IO::Select; $| = 1;
  my $tcp = IO::Socket::INET->new(LocalPort => 81, Listen => 9) or die;
  my $names = IO::Socket::INET->new(LocalPort => 53, Proto => 'udp') or die;
  my $both = IO::Select->new($tcp, $names);
  while (1) {
    for my $ready ($both->can_read) {
      if ($ready == $tcp) { close $tcp->accept; print "tcp\\n" }
      else { recv $names, my $question, 512, 0; print "name\\n" }
    }
  }`;
const isRoot = process.getuid?.() === 0;
const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'ignore' });

let outside: ChildProcess | null = null;
let machinePort = 0;
const seen: string[] = [];
/** What came to the machine outside: `tcp` for a connection, `name` for a question to its name server. */
const seenOutside: string[] = [];
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
  outside = spawn('ip', ['netns', 'exec', 'sg-outside', 'perl', '-e', OUTSIDE_SERVER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  outside.stdout?.on('data', (chunk: Buffer) => seenOutside.push(...chunk.toString('utf8').trim().split('\n')));
});
afterAll(() => {
  machine.close();
  outside?.kill('SIGKILL');
  if (isRoot) ip('netns', 'del', 'sg-outside');
});

describe('what leaves an arm', () => {
  let runId = '';
  beforeEach(() => {
    seen.length = 0;
    seenOutside.length = 0;
  });
  afterEach(() => assertNothingLeft(runId));

  const up = async (outbound: OutboundSetting, arm = smallScenario('outbound.yml')): Promise<RunningStack> => {
    runId = newRun();
    const environment = { MACHINE_PORT: String(machinePort) };
    const arms = { ...arm.arms, candidate: { ...arm.arms.candidate, environment } };
    const scenario = { ...arm, arms, stack: { ...arm.stack, outbound } };
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
    const notes = ((await stack.notes?.()) ?? []).map(say);
    expect(notes).toHaveLength(2);
    expect(notes[1]).toMatch(/^web tried to reach outside of its arm \d+ times? and was stopped: /);
    expect(notes[1]).toContain(`172.17.0.1:${machinePort}`);
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
      // Nobody answers the question; that it arrives is enough.
      stepOf('a name', 'timeout 1 getent hosts unheard-of.example || true'),
      stepOf('the machine', `! : < /dev/tcp/172.17.0.1/${machinePort}`),
    ];
    await using stack = await up('bring-up', { ...arm, stack: { ...arm.stack, steps } });
    // A service that tries from its first moment on never gets to the machine.
    expect(seenOutside).toEqual(expect.arrayContaining(['tcp', 'name']));
    expect(seen).toEqual([]);
    seenOutside.length = 0;
    expect(await tried(stack, OUTSIDE, 81)).toBe('refused');
    expect(await tried(stack, 'unheard-of.example', 80)).toBe('refused');
    expect(seenOutside).toEqual([]);
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
    expect(await tried(stack, 'unheard-of.example', 80)).toBe('refused');
    // Not even from a service that tries from its first moment on, and no question to a name server.
    expect({ seen, seenOutside }).toEqual({ seen: [], seenOutside: [] });
    const notes = ((await stack.notes?.()) ?? []).map(say).join('\n');
    for (const place of [`${OUTSIDE}:81`, '172.17.0.1']) expect(notes).toContain(place);
  });

  test("open: everything, but names of the host still mean the arm's own", async () => {
    await using stack = await up('open');
    expect(await tried(stack, '172.17.0.1', machinePort)).toBe('reached');
    expect(await tried(stack, 'the-machine', machinePort)).toBe('refused');
    expect((await stack.notes?.()) ?? []).toEqual([]);
  });
});
