import { describe, expect, it } from 'vitest';
import { pairsOf } from '../../src/drawing/index.js';
import { REPORTERS } from '../../src/report/index.js';
import type { Result, TrialSummary } from '../../src/results/index.js';
import { passing, unfair } from './fixtures.js';

const page = (result: Result): string => REPORTERS.get('html')!(result).contents;
/** The part of a page for people, without the result inside. */
const shown = (result: Result): string => page(result).split('<script type="application/json"')[0] ?? '';

/** The same result with other trials. */
const changed = (result: Result, change: (trial: TrialSummary) => object): Result => ({
  ...result,
  trials: result.trials.map((trial) => ({ ...trial, ...change(trial) })),
});
const withoutClock = (result: Result): Result => ({
  ...result,
  trials: result.trials.map(
    (trial) =>
      Object.fromEntries(Object.entries(trial).filter(([key]) => key !== 'clockAtZero')) as unknown as TrialSummary,
  ),
});

describe('the clock on the page', () => {
  it('is below the requests of each pair, and its title says when the pair began', () => {
    const html = shown(passing());
    expect(html).toContain('Replicate 1, began 2025-03-04 05:08:20 UTC</figcaption>');
    expect(html).toContain('>requests answered, time since the start, UTC</text>');
    // 5,000 requests at 75 a second.
    expect(html).toMatch(/>5k<\/text><text [^>]*>67 s<\/text><text [^>]*>05:09:26<\/text>/);
    expect(html).toMatch(/1-baseline<\/th><td>baseline<\/td><td>replicate 1<\/td><td>2025-03-04 05:08:20<\/td>/);
  });

  it('of each version is stated if they ran one after the other', () => {
    const late = changed(passing(), ({ arm }) => (arm === 'candidate' ? { clockAtZero: '2025-03-05T00:00:00Z' } : {}));
    const html = shown(late);
    expect(html).toContain(
      'Replicate 1, began: baseline 2025-03-04 05:08:20 UTC, candidate 2025-03-05 00:00:00 UTC</figcaption>',
    );
    expect(html).not.toContain('time since the start, UTC');
  });

  it('is absent if it was not recorded', () => {
    const html = shown(withoutClock(passing()));
    expect(html).toContain('Replicate 1</figcaption>');
    expect(html).toContain('>requests answered, and the time since the start</text>');
    expect(html).not.toMatch(/UTC<\/(text|figcaption|th)>|Began/);
  });

  it('is said of the death of a container, in the check and in the list of events', () => {
    const died = changed(unfair(), ({ id }) => {
      const event = { kind: 'oom-kill', service: 'waf', container: 1, time: 61.2, requests: 4575, detail: 'process 1' };
      return id === '2-baseline' ? { id: 'r2-baseline', events: [event] } : {};
    });
    expect(shown(died)).toContain('It happened at 05:13:21 UTC, 61 s after the start of r2-baseline.');
    expect(shown(died)).toContain(
      'r2-baseline: oom-kill of waf at 05:13:21 UTC, 61 s after the start (4,575 requests answered). process 1',
    );
    expect(shown(withoutClock(died))).toContain('It happened 61 s after the start of r2-baseline.');
  });
});

it('shows the trial that counts of a pair that was repeated', () => {
  const result = passing();
  const [first] = result.plots;
  const again = { ...result, plots: [{ ...first!, values: first!.values.map(() => 7) }, ...result.plots] };
  const [pair] = pairsOf(again, first!.role, first!.metric);
  expect(pair?.baseline?.values).toEqual(first!.values);
});
