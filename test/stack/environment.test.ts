import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname, tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { findCompose } from '../../src/compose/find-compose.js';
import { run } from '../../src/compose/run.js';
import { connectDocker } from '../../src/docker/connect.js';
import { inspectDocker } from '../../src/docker/inspect-docker.js';
import { projectName } from '../../src/docker/labels.js';
import { demultiplex } from '../../src/docker/logs.js';
import { createStack } from '../../src/stack/create-stack.js';
import { describeOwner, formatOwner, parseOwner, stateOf } from '../../src/stack/owner.js';
import { failureOf, newRun, silent, smallScenario } from './scenarios.js';

const NOWHERE = { PATH: '/nonexistent', HOME: '/nonexistent' };
const here = await describeOwner({ hostname: hostname(), pid: process.pid });

describe('a host on which something is missing', () => {
  const nobody = 'unix:///nonexistent/docker.sock';

  test('no daemon: DOCKER_UNREACHABLE, and no clean-up is tried', async () => {
    const daemon = await connectDocker(process.env, nobody);
    const stack = createStack({ daemons: { baseline: daemon, candidate: daemon }, owner: here, folder: tmpdir() });
    const failure = await failureOf(
      stack.prepare({
        scenario: smallScenario('silent.yml'),
        runId: newRun(),
        signal: new AbortController().signal,
        onLine: silent,
      }),
    );
    expect(failure).toMatchObject({ code: 'DOCKER_UNREACHABLE', exitCode: 5 });
    expect(failure.hint).toContain('Start the daemon');
  });

  test('no Compose: COMPOSE_MISSING', async () => {
    expect(await failureOf(findCompose(NOWHERE))).toMatchObject({ code: 'COMPOSE_MISSING', exitCode: 5 });
  });

  test('doctor reports both and does not fail itself', async () => {
    const report = await inspectDocker(await connectDocker(NOWHERE, nobody), ['debian:bookworm-slim']);
    expect(report).toMatchObject({ daemon: null, compose: null, images: { 'debian:bookworm-slim': false } });
    expect(report.problems.map(({ code }) => code)).toEqual(['DOCKER_UNREACHABLE', 'COMPOSE_MISSING']);
  });
});

describe('choosing the daemon', () => {
  test.each([
    ['unix:///run/user/1000/docker.sock', true],
    ['tcp://localhost:2375', true],
    ['tcp://waf-host:2375', false],
  ])('DOCKER_HOST=%s', async (host, local) => {
    expect(await connectDocker({ ...NOWHERE, DOCKER_HOST: host })).toMatchObject({ host, local });
  });

  test('without anything, the usual socket', async () => {
    expect(await connectDocker(NOWHERE)).toMatchObject({ host: 'unix:///var/run/docker.sock', local: true });
  });

  test('TLS without certificates, and texts that are not addresses', async () => {
    expect(
      (await failureOf(connectDocker({ ...NOWHERE, DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' }))).hint,
    ).toContain('DOCKER_CERT_PATH');
    expect((await failureOf(connectDocker({ ...NOWHERE, DOCKER_HOST: 'over there' }))).code).toBe('DOCKER_UNREACHABLE');
  });
});

describe('the owner of a run', () => {
  test('survives being written down', () => {
    expect(parseOwner(formatOwner(here))).toEqual(here);
    expect(parseOwner('somebody')).toBeNull();
  });

  test(
    'has ended when its process has, when its number was given to another, or with a ' +
      'reboot; never on another host',
    async () => {
      const child = spawn('sleep', ['60']);
      const owner = await describeOwner({ hostname: hostname(), pid: child.pid! });
      expect(await stateOf(owner, here, true)).toBe('alive');
      expect(await stateOf({ ...owner, start: '1' }, here, true)).toBe('ended');
      expect(await stateOf({ ...owner, boot: 'the day before' }, here, true)).toBe('ended');
      // A daemon elsewhere has clients with the same host name and another boot.
      expect(await stateOf({ ...owner, boot: 'another machine' }, here, false)).toBe('unknown');
      expect(await stateOf({ ...owner, namespace: '1', start: '1' }, here, true)).toBe('unknown');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await stateOf(owner, here, true)).toBe('ended');
      expect(await stateOf({ ...owner, hostname: 'elsewhere' }, here, true)).toBe('unknown');
    },
  );
});

describe('running a command', () => {
  test('an abort ends the grandchildren too', async () => {
    const abort = new AbortController();
    const began = performance.now();
    const command = ['sh', '-c', 'sh -c "echo ready; sleep 60"; true'];
    const failure = await failureOf(
      run({ command, env: process.env, signal: abort.signal, onLine: () => abort.abort() }),
    );
    expect(failure.code).toBe('INTERRUPTED');
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  test('its input, its output and its exit code', async () => {
    expect(
      await run({ command: ['sh', '-c', 'cat; echo aside >&2; exit 3'], env: process.env, input: 'in\n' }),
    ).toMatchObject({ code: 3, stdout: 'in' });
  });
});

test('a project name is valid for Compose and has the arm and the trial', () => {
  expect(projectName({ runId: '2025-01-02T03:04_XML', trialId: 'R1.baseline', arm: 'baseline' })).toBe(
    'slopegate-2025-01-02t03-04-xml-r1-baseline',
  );
  expect(projectName({ runId: 'a', trialId: 'r1', arm: 'candidate' })).toBe('slopegate-a-r1-candidate');
});

test("a container's log is unframed; a terminal's has no frames", () => {
  const frame = (stream: number, text: string) =>
    Buffer.concat([Buffer.from([stream, 0, 0, 0, 0, 0, 0, text.length]), Buffer.from(text)]);
  expect(demultiplex(Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n')]))).toBe('out\nerr\n');
  expect(demultiplex(Buffer.from('plain text of a terminal'))).toBe('plain text of a terminal');
  expect(demultiplex(Buffer.alloc(0))).toBe('');
});
