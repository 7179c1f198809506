import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { slopegate } from './in-process.js';
import { recordedRun, temporaryFolder } from './runs.js';

const run = recordedRun();
const out = temporaryFolder();
afterAll(() => {
  run[Symbol.dispose]();
  out[Symbol.dispose]();
});

const SCENARIO = 'test/fixtures/scenarios/leak.yaml';

/** One replicate is not enough for a verdict. */
const undecided = ['compare', '--baseline', series('crs-3.0.14-1'), '--candidate', series('crs-3.0.9-1')];

function series(name: string): string {
  return `test/compare/fixtures/${name}.csv`;
}

describe('--fail-on', () => {
  test.each(['fail', 'invalid', 'inconclusive'])('%s: a FAIL always breaks the build', async (verdict) => {
    const { exit, err } = await slopegate(['analyze', run.path, '--fail-on', verdict]);
    expect(exit).toBe(1);
    expect(err).not.toContain('does not break the build');
  });

  test.each([
    ['fail', 0],
    ['invalid', 0],
    ['inconclusive', 3],
  ])('%s: INCONCLUSIVE ends with exit code %d', async (verdict, expected) => {
    const { exit, err } = await slopegate([...undecided, '--fail-on', verdict, '--annotate', 'github']);
    expect(exit).toBe(expected);
    const through = `INCONCLUSIVE does not break the build (--fail-on ${verdict}): exit code 0 instead of 3`;
    expect(err.includes(through)).toBe(expected === 0);
    expect(err).toMatch(expected === 0 ? /^::warning title=slopegate INC/m : /^::error title=slopegate INC/m);
  });

  test('without the option INCONCLUSIVE ends with exit code 3', async () => {
    expect((await slopegate(undecided)).exit).toBe(3);
  });

  test('an unknown verdict is refused', async () => {
    const { exit, err } = await slopegate(['analyze', run.path, '--fail-on', 'pass']);
    expect(exit).toBe(2);
    expect(err).toMatch(/USAGE: .*'pass' is invalid.*fail, invalid, inconclusive/);
  });
});

describe('--annotate github', () => {
  test('shows the verdict at the candidate of the scenario', async () => {
    const { err } = await slopegate(['analyze', run.path, '--annotate', 'github', '--scenario', SCENARIO]);
    const line =
      readFileSync(SCENARIO, 'utf8')
        .split('\n')
        .findIndex((text) => text.startsWith('  candidate:')) + 1;
    const [, first] = err.split('\n');
    expect(first).toMatch(
      new RegExp(`^::error file=${SCENARIO},line=${line},col=\\d+,title=slopegate FAIL%3A tiny-leak::waf grows `),
    );
  });

  test('without a scenario the message is about the job', async () => {
    const { err } = await slopegate(['analyze', run.path, '--annotate', 'github']);
    expect(err).toMatch(/^::error title=slopegate FAIL%3A tiny-leak::/m);
  });

  test('shows a fault of a scenario at its line', async () => {
    const file = 'test/fixtures/no/such.yaml';
    const { exit, err } = await slopegate(['run', file, '--annotate', 'github']);
    expect(exit).toBe(2);
    expect(err).toMatch(
      /^::error title=slopegate SCENARIO_UNREADABLE::cannot read the scenario .*%0ACause: .*%0AHint: /m,
    );
  });
});

describe('--json prints an error as a document, beside the text on stderr', () => {
  test.each([
    ['of a run that cannot be read', ['analyze', join(out.path, 'nothing'), '--json'], 'RUN_UNREADABLE', 2],
    ['of the command line', ['analyze', '--json'], 'USAGE', 2],
    ['with --format json', ['report', join(out.path, 'nothing'), '--format', 'json'], 'RUN_UNREADABLE', 2],
  ])('%s', async (_, argv, code, exitCode) => {
    const said = await slopegate(argv);
    expect(said.exit).toBe(exitCode);
    expect(said.err).toContain(`error ${code}: `);
    expect(JSON.parse(said.out)).toMatchObject({ schema: 'slopegate.error/1', code, exitCode, faults: [{ code }] });
  });

  test('without it, standard output stays empty', async () => {
    expect((await slopegate(['analyze', join(out.path, 'nothing')])).out).toBe('');
  });
});
