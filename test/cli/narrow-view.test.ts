import { describe, expect, test } from 'vitest';
import { describeNarrow } from '../../src/cli/narrow-view.js';
import type { HuntWeight } from '../../src/model/index.js';
import type { NarrowPart, NarrowResult } from '../../src/results/index.js';
import { mixtureWords } from '../../src/words/narrow.js';
import { slopegate } from './in-process.js';

const BACK: HuntWeight = {
  standing: 'gives-back',
  per: 'request',
  bytes: 0,
  service: null,
  statuses: ['200'],
  requests: 100,
};
const KEEPS: HuntWeight = { ...BACK, standing: 'keeps', bytes: 5328, service: 'waf' };

const part = (name: string, kind: NarrowPart['kind'], more: Partial<NarrowPart> = {}): NarrowPart => ({
  name,
  kind,
  baseline: null,
  candidate: null,
  files: 1,
  ...more,
});

const FOUND: NarrowResult = {
  schema: 'slopegate.narrow/1',
  scenario: 'waf',
  startedAt: '2026-11-28T12:00:00.000Z',
  seconds: 200,
  labels: { baseline: 'WAF 1', candidate: 'WAF 2' },
  service: 'waf',
  images: { baseline: 'waf:1 sha256:1', candidate: 'waf:2 sha256:2' },
  shapes: [{ shape: 'xml', baseline: BACK, candidate: KEEPS }],
  parts: [
    part('libwaf3', 'package', { baseline: '3.0.14-1', candidate: '3.0.9-1' }),
    part('libc6', 'package', { baseline: '2.41', candidate: '2.36' }),
    part('/opt/libown.so', 'library'),
    part('/opt/libtwo.so', 'library'),
    part('/etc/waf.conf', 'configuration'),
  ],
  mixtures: [
    { parts: ['libc6', 'libwaf3'], answer: 'stops', weights: [BACK], failure: null },
    { parts: ['libc6'], answer: 'grows', weights: [KEEPS], failure: null },
    {
      parts: ['/opt/libown.so'],
      answer: 'unresolved',
      weights: [],
      failure: { code: 'START_FAILED', message: 'ended' },
    },
  ],
  causes: [{ parts: ['libwaf3'], companions: ['libc6'], ruledOut: ['libc6'], bytes: [5328] }],
  ended: 'found',
};

describe('a search on the terminal', () => {
  test('names the part, its versions, and what had to go with it', () => {
    expect(describeNarrow(FOUND, false)).toBe(`libwaf3 makes waf grow.
baseline: WAF 1; candidate: WAF 2; service: waf
xml: the candidate keeps 5.33 KB per request, the baseline nothing
Differences: 2 packages, 2 libraries and 1 configuration file. Mixtures started and weighed: 3, in 3.3 minutes.

  part     kind     baseline  candidate                keeps
  libwaf3  package  3.0.14-1    3.0.9-1  5.33 KB per request
libwaf3 cannot be exchanged without libc6.
The exchange of these alone changes nothing.
`);
  });

  test('says when what had to go with a part may be the cause', () => {
    const causes = FOUND.causes.map((cause) => ({ ...cause, companions: ['libc6', 'libwaf-dev'] }));
    const text = describeNarrow({ ...FOUND, causes }, false);
    expect(text).toMatch(/^libwaf3, or libwaf-dev that had to be exchanged with it, makes waf grow\./);
    expect(text).toContain('The exchange of 1 of these alone changes nothing.');
    expect(text).toContain('This could not be tested for libwaf-dev. So the cause may also be there.');
  });

  test('lists every mixture on request', () => {
    const text = describeNarrow(FOUND, true);
    expect(text).toMatch(/\n {2}does not grow +libc6 libwaf3 +2 of 5\n/);
    expect(text).toMatch(/\n {2}not decided +START_FAILED +1 of 5\n/);
  });

  test('tells two causes as two', () => {
    const causes = [
      { parts: ['libwaf3'], companions: [], ruledOut: [], bytes: [5000] },
      { parts: ['/opt/libown.so'], companions: [], ruledOut: [], bytes: [null] },
    ];
    const text = describeNarrow({ ...FOUND, causes }, false);
    expect(text).toMatch(/^2 causes make waf grow, each with growth of its own\.\n/);
    expect(text).toMatch(/\/opt\/libown\.so +library +not known\n/);
  });

  test('says when only the exchange of all parts stops the growth', () => {
    const causes = [{ parts: ['libwaf3', '/opt/libown.so'], companions: [], ruledOut: [], bytes: [5328] }];
    expect(describeNarrow({ ...FOUND, causes }, false)).toMatch(/^2 parts together make waf grow\. The growth stops/);
    const open = describeNarrow({ ...FOUND, causes, ended: 'open' }, false);
    expect(open).toMatch(/^The growth of waf stops if these 2 parts come from the baseline\. Perhaps not all/);
    expect(open).toContain('mixtures with fewer of them did not');
    expect(describeNarrow({ ...FOUND, causes, ended: 'too-many' }, false)).toContain('ended after 3 mixtures');
  });

  test.each([
    ['elsewhere', 'stack diff'],
    ['unresolved', 'nothing is known'],
    ['cut-off', 'interrupted'],
  ] as const)('names no part if the search ended so: %s', (ended, words) => {
    const text = describeNarrow({ ...FOUND, causes: [], ended }, false);
    expect(text.split('\n')[0]).toContain(words);
    expect(text).not.toContain('makes waf grow');
  });

  test('shows no control characters of names', () => {
    const causes = [{ parts: ['/opt/\u001b[31mred'], companions: [], ruledOut: [], bytes: [1] }];
    expect(describeNarrow({ ...FOUND, causes }, true)).not.toContain('\u001b');
  });

  test('tells each mixture in one line', () => {
    const [stops, grows, failed] = FOUND.mixtures;
    expect(mixtureWords(stops!, 5)).toBe('2 of 5 parts from the baseline: does not grow');
    expect(mixtureWords(grows!, 5)).toBe('1 of 5 parts from the baseline: grows, 5.33 KB per request');
    expect(mixtureWords(failed!, 5)).toBe('1 of 5 parts from the baseline: not decided (START_FAILED)');
  });
});

describe('what the command line refuses', () => {
  const scenario = 'scenarios/selftest/leak.yaml';
  test.each<[string[], RegExp]>([
    [['narrow'], /missing required argument 'scenario'/],
    [['narrow', 'reports/example'], /folder of a run.*\n.*narrow SCENARIO --run reports\/example/],
    [['narrow', scenario, '--most', '0'], /--most/],
    [
      ['narrow', scenario, '--run', 'reports/example'],
      /NARROW_REFUSED: This is a run of the scenario \S+, not selftest/,
    ],
    [['narrow', scenario, '--run', 'test/fixtures'], /RUN_UNREADABLE/],
  ])('%j', async (argv, message) => {
    const { exit, out, err } = await slopegate(argv);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
  });
});
