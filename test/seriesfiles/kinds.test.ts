import { describe, expect, test } from 'vitest';
import { COUNTED, UNCOUNTED } from './forms.js';
import { judgeWritten } from './story.js';

describe('the same leak in every form that counts requests', () => {
  test.each(COUNTED)('%s', async (_, written) => {
    const { verdict } = await judgeWritten(written);
    expect(verdict.assessment.axis).toBe('requests');
    expect(verdict.outcome).toBe('fail');
    const leaking = verdict.assessment.services.find(({ outcome }) => outcome === 'fail');
    expect(leaking?.difference?.value).toBeGreaterThan(1000);
    expect(leaking?.difference?.value).toBeLessThan(1050);
  });
});

describe('the same leak in every form without requests', () => {
  test.each(UNCOUNTED)('%s', async (_, written, options) => {
    const { verdict } = await judgeWritten(
      written,
      options,
      'metric' in options ? { metric: String(options.metric) } : {},
    );
    expect(verdict.assessment.axis).toBe('seconds');
    expect(verdict.outcome).toBe('fail');
    const leaking = verdict.assessment.services.find(({ outcome }) => outcome === 'fail');
    expect(leaking?.difference?.value).toBeGreaterThan(75_000);
    expect(leaking?.difference?.value).toBeLessThan(79_000);
  });
});
