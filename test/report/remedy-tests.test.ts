import { describe, expect, test } from 'vitest';
import { describeRemedy } from '../../src/cli/remedy-view.js';
import { remedyReport } from '../../src/journal/index.js';
import { renderRemedies, REPORTERS } from '../../src/report/index.js';
import type { RemedyReason, RemedyTest, Result } from '../../src/results/index.js';
import { remedyReasonWords } from '../../src/words/remedy-test.js';
import { evidence, MIB, reload, restart, sawtooth } from '../remedy/samples.js';
import { tested } from '../remedy/tested.js';
import { failing } from './fixtures.js';
import { faultsOf } from './schema-faults.js';

const holding = tested(
  evidence(
    sawtooth(10, () => 0),
    10,
    { remedy: restart },
  ),
);
const leaking = tested(
  evidence(
    sawtooth(10, () => 0.7 * MIB),
    10,
    { remedy: reload },
  ),
);
const cut = tested(
  evidence(
    sawtooth(10, () => 0),
    3,
    { remedy: restart, cutOff: 'INTERRUPTED' },
  ),
);
const withTests = (...remedies: RemedyTest[]): Result => ({ ...failing(), remedies });
const render = (name: string, result: Result): string => REPORTERS.get(name)!(result).contents;

describe('the tests of remedies in the reports of the run', () => {
  test.each(['markdown', 'html'])('%s has each with its answer, and nothing without tests', (name) => {
    const text = render(name, withTests(holding, leaking, cut));
    expect(text).toContain('Remedies that were tested');
    expect(text).toContain('The restart of waf, once every 60 minutes, holds');
    expect(text).toContain('The signal HUP to waf, once every 60 minutes, leaks itself');
    expect(text).toContain('The test ended early (INTERRUPTED).');
    expect(render(name, failing())).not.toContain('Remedies that were tested');
  });

  test('the lines to copy come after what was tested', () => {
    const text = renderRemedies(withTests(leaking));
    expect(text.indexOf('leaks itself')).toBeGreaterThan(0);
    expect(text.indexOf('leaks itself')).toBeLessThan(text.indexOf('## Lines to copy'));
    expect(renderRemedies(failing())).not.toContain('## Tested');
  });

  test('the JSON documents are valid by their schemas', () => {
    expect(faultsOf('result-4', render('json', withTests(holding, leaking, cut)))).toEqual([]);
    expect(faultsOf('remedy-1', remedyReport([holding, leaking, cut]).contents)).toEqual([]);
    expect(faultsOf('remedy-1', remedyReport([{ ...holding, outcome: 'perfect' as 'holds' }]).contents)).not.toEqual(
      [],
    );
  });
});

describe('the test of a remedy on the terminal', () => {
  test('a reload that leaks says how much each leaves, when the limit is reached, and what it costs', () => {
    const text = describeRemedy(leaking);
    expect(text).toMatch(
      /^The signal HUP to waf, once every 60 minutes, leaks itself: each time leaves 717 KiB behind\./,
    );
    expect(text).toContain('The limit of 2 GiB is reached after');
    expect(text).toContain('in place of every 60 minutes (360,000 requests)');
    expect(text).toContain('It lost 12 requests, 1.2 each time: at 100 requests/s about 29 a day.');
    expect(text.split('\n').filter((line) => /^ {2}\d+ /.test(line))).toHaveLength(10);
  });

  test('an application after which old processes still ran is marked', () => {
    const applications = leaking.applications.map((one) => ({ ...one, isUnsettled: one.number === 4, left: null }));
    const lines = describeRemedy({ ...leaking, applications }).split('\n');
    expect(lines.filter((line) => line.includes('old processes'))).toEqual([expect.stringMatching(/^ {2}4 /)]);
    expect(render('html', withTests({ ...leaking, applications }))).toContain('>old processes<');
  });

  test('a service that was down costs the requests that were due meanwhile', () => {
    const applications = holding.applications.map((one) => ({ ...one, down: 1.5 }));
    expect(describeRemedy({ ...holding, applications })).toContain('down for 1.5 s each time (median)');
    expect(describeRemedy({ ...holding, applications })).toContain(
      'Clients that do not wait lose them: about 3,600 a day.',
    );
    expect(describeRemedy(holding)).not.toContain('down for');
  });
});

test('each reason has a sentence with its numbers', async () => {
  const reasons: readonly RemedyReason[] = [
    { code: 'remedy-failed', facts: { failed: 2, of: 10 } },
    { code: 'remedy-service-ended', facts: { ends: 1 } },
    { code: 'remedy-too-few', facts: { known: 4, needed: 10 } },
    { code: 'remedy-old-processes', facts: { settled: 3, needed: 5 } },
    { code: 'remedy-no-growth', facts: { climb: MIB, expected: 9 * MIB } },
    { code: 'remedy-growth-unknown', facts: {} },
    { code: 'remedy-no-help', facts: { left: MIB, climb: 2 * MIB } },
    { code: 'remedy-slows', facts: { first: 3 * MIB, second: MIB } },
    { code: 'remedy-interval-too-long', facts: { peak: 3 * MIB, limit: 2 * MIB } },
    { code: 'remedy-unsteady', facts: { upper: MIB, givenBack: 2 * MIB } },
    { code: 'remedy-imprecise', facts: { seconds: 3600, wanted: 86_400 } },
  ];
  await expect(`${reasons.map(remedyReasonWords).join('\n')}\n`).toMatchFileSnapshot('golden/remedy-reasons.txt');
});
