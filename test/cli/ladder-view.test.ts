import { describe, expect, test } from 'vitest';
import { describeBisect } from '../../src/cli/bisect-view.js';
import { ladderExit } from '../../src/cli/commands/ladder.js';
import { describeLadder } from '../../src/cli/ladder-view.js';
import type { BisectResult, Estimate, LadderResult, LadderRung } from '../../src/results/index.js';
import { slopegate } from './in-process.js';

const near = (value: number): Estimate => ({ value, lower: value - 10, upper: value + 10, confidence: 0.95 });
const PLACE = { kind: 'environment', name: 'VERSION' } as const;

function rung(version: string, outcome: LadderRung['outcome'], difference: number | null): LadderRung {
  const service = { role: 'waf', metric: 'unreclaimable_bytes', unit: 'bytes/request' };
  const known = difference === null ? null : near(difference);
  return {
    version,
    label: version,
    outcome,
    failure: null,
    run: outcome === null ? null : `run-${version}`,
    reused: version === '1.1',
    services: [{ ...service, outcome, growth: near(5 + (difference ?? 0)), difference: known, step: known }],
  };
}

const FAILED: LadderRung = {
  ...rung('1.3', null, null),
  services: [],
  failure: { code: 'ended-by-error', facts: { error: 'IMAGE_MISSING', message: 'The image is\u001b[31m missing.' } },
};
const ladder = (...rungs: readonly LadderRung[]): LadderResult => ({
  schema: 'slopegate.ladder/1',
  scenario: 'waf',
  startedAt: '2026-11-28T12:00:00Z',
  seconds: 60,
  place: PLACE,
  margin: 32,
  rungs: [rung('1.0', null, null), ...rungs],
  notes: [],
});

describe('a ladder on the terminal', () => {
  const text = describeLadder(ladder(rung('1.1', 'pass', 2), rung('1.2', 'fail', 400), FAILED));

  test('begins with what it found', () => {
    expect(text.split('\n')[0]).toBe(
      '1.2 grows faster than 1.0 by more than the margin. 1.1 passes. 1.3 was not judged.',
    );
  });

  test('a version that fails for a finding is not said to grow', () => {
    const [service] = rung('1.1', 'pass', 2).services;
    const died = { ...rung('1.1', 'fail', 2), services: [service!] };
    expect(describeLadder(ladder(died)).split('\n')[0]).toBe(
      '1.1 fails because of a finding that the report of the run names.',
    );
  });

  test('has a row for each version, and a bar for its growth beyond the first one', () => {
    const rows = text.split('\n').filter((line) => /^ {2}1\.\d /.test(line));
    expect(rows[0]).toMatch(/^ {2}1\.0 {6}the first +5 B \(-5 to 15\)$/);
    expect(rows[1]).toMatch(/^ {2}1\.1 {6}PASS .* 2 B \(-8 to 12\) +2 B \(-8 to 12\)$/);
    expect(rows[2]).toMatch(/^ {2}1\.2 {6}FAIL .* 400 B \(390 to 410\) {2}█{20}$/);
    expect(rows[3]).toMatch(/^ {2}1\.3 {6}not judged$/);
  });

  test('says why a version was not judged, without control characters', () => {
    expect(text).toContain('Could not be judged:\n  1.3: The image is\uFFFD[31m missing.');
  });

  test('names the runs, and which of them existed before', () => {
    expect(text).toMatch(/Runs:\n {2}1\.1 {2}PASS {2}run-1\.1 {2}used again\n {2}1\.2 {2}FAIL {2}run-1\.2 {9}new\n/);
  });

  test('tells what makes the runs less comparable', () => {
    const notes = ['hosts-differ', 'first-images-differ', 'rates-differ'] as const;
    const told = describeLadder({ ...ladder(rung('1.1', 'pass', 2)), notes });
    for (const words of ['different hosts', 'image of the first version', 'different request rates'])
      expect(told).toContain(words);
  });
});

describe('the exit code of a ladder', () => {
  const [pass, fail, open, invalid] = (['pass', 'fail', 'inconclusive', 'invalid'] as const).map((outcome) =>
    rung('2', outcome, 0),
  ) as [LadderRung, LadderRung, LadderRung, LadderRung];
  test.each<[number, readonly LadderRung[]]>([
    [0, [pass, pass]],
    [1, [pass, fail]],
    [1, [fail, FAILED, invalid, open]],
    [4, [pass, FAILED]],
    [4, [open, invalid]],
    [3, [pass, open]],
  ])('%i', (exit, rungs) => {
    expect(ladderExit(ladder(...rungs))).toBe(exit);
  });
});

describe('a search on the terminal', () => {
  const result: BisectResult = {
    schema: 'slopegate.bisect/1',
    scenario: 'waf',
    startedAt: '2026-11-28T12:00:00Z',
    seconds: 60,
    place: PLACE,
    good: '1.0',
    bad: '1.2',
    versions: ['1.0', '1.1', '1.2'],
    rates: { falseFail: 0.01, missedFail: 0.08 },
    level: 0.99,
    tests: [rung('1.2', 'fail', 400), rung('1.1', 'pass', 2), FAILED],
    probabilities: [
      { version: '1.0', probability: 0 },
      { version: '1.1', probability: 0.004 },
      { version: '1.2', probability: 0.996 },
    ],
    firstBad: ['1.2'],
    ended: 'sure',
    notes: ['small-growth'],
  };

  test('names the first bad version, what is assumed, and each probability but that of the good one', () => {
    const text = describeBisect(result);
    expect(text).toMatch(/^The first bad version is 1\.2 \(probability 99\.6 %\)\.\n/);
    expect(text).toContain('FAIL in 1 % of the runs of a good version, and PASS in 8 % of the runs of a bad one');
    expect(text).toMatch(/first bad one:\n {2}1\.1 {2}0\.4\d* %\n {2}1\.2 {2}99\.6 %\n/);
    expect(text).toContain('less than twice the margin');
    expect(text).toContain('1.3: The image is');
  });

  test('names several versions if runs did not decide between them', () => {
    const text = describeBisect({ ...result, firstBad: ['1.1', '1.2'], ended: 'open' });
    expect(text).toContain('The first bad version is one of 1.1 and 1.2 (probability 100 % together).');
    expect(text).toContain('Runs of 1.1 against 1.0 did not decide.');
  });

  test('rounds no probability up to 100 % or down to 0', () => {
    const [first, ...others] = result.probabilities;
    const probabilities = [
      first!,
      ...others.map((one, place) => ({ ...one, probability: place === 0 ? 1e-9 : 1 - 1e-9 })),
    ];
    const text = describeBisect({ ...result, probabilities });
    expect(text).toContain('  1.1  less than 0.01 %\n');
    expect(text).toContain('  1.2  more than 99.9 %\n');
  });

  test('says when it gave up', () => {
    expect(describeBisect({ ...result, firstBad: ['1.1', '1.2'], ended: 'too-many' })).toContain(
      'After 3 runs no version has a probability of 99 %.',
    );
  });
});

describe('what the command line refuses', () => {
  const scenario = 'test/fixtures/scenarios/releases.yaml';
  test.each<[string[], RegExp]>([
    [['ladder', scenario], /required option '--versions/],
    [['ladder', scenario, '--versions', '1'], /at least two versions/],
    [['ladder', 'test/fixtures/scenarios/same.yaml', '--versions', '1,2'], /same\.yaml\n.*The arms .* do not differ/],
    [['bisect', scenario, '--good', '1', '--bad', '9', '--versions', '1,2'], /--bad 9 is not in --versions 1,2/],
    [
      ['bisect', scenario, '--good', '1', '--bad', '2', '--versions', '1,2', '--level', '1'],
      /from 0\.5 to less than 1/,
    ],
  ])('%j', async (argv, message) => {
    const { exit, out, err } = await slopegate(argv);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
  });
});
