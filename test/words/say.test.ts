import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/results/index.js';
import { say } from '../../src/words/say.js';

const waf = { role: 'waf', metric: 'unreclaimable_bytes', unit: 'bytes/request' } as const;
const difference = { value: 8000, lower: 7300, upper: 8700, confidence: 0.95 };
const threads = {
  role: 'waf',
  metric: 'threads',
  unit: 'threads/request',
  difference: { value: 0, lower: -0.0014, upper: 0.0014, confidence: 0.95 },
  margin: 0.001,
} as const;

describe('a statement in words', () => {
  it.each<[Statement, string]>([
    [
      { code: 'growth-fails', facts: { ...waf, difference, margin: 32 } },
      'waf grows faster in the candidate than in the baseline, by 8.0 KB of memory per request ' +
        '(95 % interval 7.3 to 8.7 KB, margin 32 B per request).',
    ],
    [
      { code: 'growth-watched', facts: { ...threads, as: 'count' } },
      'threads of waf grow as fast in the candidate as in the baseline ' +
        '(95 % interval -1.4 to 1.4 threads, margin 1 thread per 1,000 requests).',
    ],
    [
      { code: 'window-too-short', facts: { unit: 'threads/request', floor: 0.00136, source: 'step' } },
      'The window is too short to tell differences below about 1.36 threads per 1,000 requests.',
    ],
    [
      { code: 'bounds-stricter', facts: { unit: 'bytes/request', lower: 4, upper: 40, looks: 3 } },
      'This run is tested at several looks, so the verdict uses stricter bounds than the interval: ' +
        '4 B per request and 40 B per request.',
    ],
    [
      { code: 'bounds-stricter', facts: { unit: 'bytes/request', lower: 4, upper: 40, looks: 1 } },
      'The verdict uses stricter bounds than the interval: 4 B per request and 40 B per request.',
    ],
    [
      { code: 'pace-late', facts: { trial: 'c1-baseline', lateness: 0.4, together: true, rate: 75 } },
      'c1-baseline took 40 % longer than the schedule. ' +
        'The host was too busy, or neither version can keep up with 75 requests/s on this host.',
    ],
    [{ code: 'confirmation-wanted', facts: {} }, 'A longer fresh pair has not confirmed it yet.'],
  ])('$code', (statement, sentence) => expect(say(statement)).toBe(sentence));
});
