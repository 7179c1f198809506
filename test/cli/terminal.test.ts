import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { buildProgram, type Ended } from './program.js';
import { recordedRun, temporaryFolder } from './runs.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const program = buildProgram();
const run = recordedRun();
afterAll(() => {
  run[Symbol.dispose]();
});

const ESCAPE = '\u001B[';
const slopegate = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  program.start(argv, { env }).ended;

/** Runs shell text, in which `$slopegate` is the program. */
function shell(text: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
    encoding: 'utf8',
    env: {
      ...process.env,
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      slopegate: `${process.execPath} ${program.path}`,
      run: run.path,
      ...env,
    },
  });
  return { status, out: stdout, err: stderr };
}

describe('streams', () => {
  test('the exit code of the program is the verdict', async () => {
    expect((await slopegate(['analyze', run.path])).exit).toBe(1);
  });

  test('stdout has JSON and nothing else', async () => {
    const { out, err } = await slopegate(['analyze', run.path, '--json']);
    expect((JSON.parse(out) as { verdict: { outcome: string } }).verdict.outcome).toBe('fail');
    expect(err).toContain('HTML report: ');
  });

  test('a pipe that closes early is not an error', () => {
    // The page is larger than a pipe holds.
    const { status, out, err } = shell('set -o pipefail; $slopegate report $run --format html | head -c 20');
    expect({ status, out, err }).toEqual({ status: 0, out: '<!doctype html>\n<htm', err: '' });
  });

  test('stdout that is closed from the start is not an error', () => {
    expect(shell('$slopegate validate --schema | true; echo ${PIPESTATUS[0]}')).toEqual({
      status: 0,
      out: '0\n',
      err: '',
    });
  });
});

describe('colour', () => {
  test('no colour in a pipe or a file', async () => {
    expect((await slopegate(['analyze', run.path])).out).not.toContain(ESCAPE);
    expect((await slopegate(['analyze', 'no-such-run'])).err).not.toContain(ESCAPE);
  });

  test('FORCE_COLOR colours a pipe, FORCE_COLOR=0 does not', async () => {
    expect((await slopegate(['analyze', run.path], { FORCE_COLOR: '1' })).out).toContain(ESCAPE);
    expect((await slopegate(['analyze', run.path], { FORCE_COLOR: '0' })).out).not.toContain(ESCAPE);
  });

  test('JSON is never coloured', async () => {
    const { out } = await slopegate(['report', run.path, '--format', 'json'], { FORCE_COLOR: '1' });
    expect(out).not.toContain(ESCAPE);
  });
});

// `script` gives a command a terminal of its own.
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
describe.skipIf(!hasTerminal)('on a terminal', () => {
  const onTerminal = (env: Record<string, string>) =>
    shell('script -qec "$slopegate analyze $run" /dev/null', { TERM: 'xterm', ...env });

  test('colour, and the same exit code', () => {
    const { status, out } = onTerminal({});
    expect(out).toContain(ESCAPE);
    expect(status).toBe(1);
  });

  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('no colour with %o', (env) => {
    expect(onTerminal(env).out).not.toContain(ESCAPE);
  });

  test('the summary is as wide as the terminal', () => {
    const { out } = shell('script -qec "stty cols 62; $slopegate analyze $run" /dev/null', {
      TERM: 'xterm',
      NO_COLOR: '1',
    });
    const widths = out
      .split(/\r?\n/)
      .filter((line) => !line.startsWith('HTML report'))
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(62);
    expect(Math.max(...widths)).toBeGreaterThan(50);
  });
});

test("a relative path starts at the user's current folder", async () => {
  using folder = temporaryFolder();
  const { exit, err } = await program.start(['validate', 'here.yaml'], { cwd: folder.path }).ended;
  expect(exit).toBe(2);
  expect(err).toContain(`${folder.path}/here.yaml`);
});
