import { describe, expect, test } from 'vitest';
import { COUNTED, UNCOUNTED } from './forms.js';
import { compareGrowth } from '../../src/index.js';
import { judgeWritten, readWritten, story, type Reading } from './story.js';

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

describe('a service that the new version adds', () => {
  const table = (services: Readonly<Record<string, readonly Reading[]>>): string => {
    const [first = []] = Object.values(services);
    const rows = first.flatMap((_, n) =>
      Object.entries(services).map(([name, readings]) => {
        const { second, requests, bytes } = readings[n] as Reading;
        return `${second},${name},${requests},${bytes}\n`;
      }),
    );
    return `time_s,container,requests,memory_bytes\n${rows.join('')}`;
  };
  const runs = (leak: number | null) =>
    Promise.all(
      [1, 2, 3].map((n) => {
        const stats = leak === null ? {} : { stats: story(leak, 20 + n, { level: 60e6 }) };
        return readWritten(table({ waf: story(0, n + (leak === null ? 0 : 5)), ...stats }), `${leak}-${n}.csv`);
      }),
    );

  test('the only name in the files of the other arm still counts, and the added service is judged', async () => {
    const { verdict } = compareGrowth({ baseline: await runs(null), candidate: await runs(1024) });
    expect(verdict.outcome).toBe('fail');
    const outcomes = verdict.assessment.services.map(({ role, outcome }) => [role, outcome]);
    expect(outcomes).toContainEqual(['stats', 'fail']);
    expect(outcomes).toContainEqual(['waf', 'pass']);
  });

  test('--service finds the only name in a file', async () => {
    const options = { service: 'waf' };
    const { verdict } = compareGrowth({ baseline: await runs(null), candidate: await runs(1024) }, options);
    expect(verdict.assessment.services.map(({ role }) => role)).toEqual(['waf']);
    expect(verdict.outcome).toBe('pass');
  });
});
