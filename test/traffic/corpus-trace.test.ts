import { describe, expect, test } from 'vitest';
import { traceOfCorpus, type CorpusRequest } from '../../src/traffic/index.js';

function imported(target: string, at: number | null = null): CorpusRequest {
  return {
    label: target.includes('x') ? 'attack' : 'benign',
    source: `a:${target}`,
    at,
    method: 'GET',
    target,
    headers: [['Host', 'a']],
    body: null,
  };
}

describe('traceOfCorpus', () => {
  test('keeps the order and goes through a short corpus again, a mean gap later', () => {
    const trace = traceOfCorpus([imported('/a', 0), imported('/x', 40), imported('/b', 100)], {
      seed: 1,
      count: 5,
      expect: { attack: 'blocked' },
    });
    expect(trace.requests.map(({ index, target, at, expect: decision }) => [index, target, at, decision])).toEqual([
      [0, '/a', 0, 'any'],
      [1, '/x', 40, 'blocked'],
      [2, '/b', 100, 'any'],
      [3, '/a', 150, 'any'],
      [4, '/x', 190, 'blocked'],
    ]);
    expect(trace.labels).toEqual({ benign: 3, attack: 2 });
  });

  test('has a digest over what it holds', () => {
    const of = (targets: readonly string[]): string =>
      traceOfCorpus(
        targets.map((target) => imported(target)),
        { seed: 1, count: 2, expect: {} },
      ).digest;
    expect(of(['/a', '/b'])).toBe(of(['/a', '/b']));
    expect(of(['/a', '/b'])).not.toBe(of(['/b', '/a']));
  });

  test('says where a request comes from that cannot be sent, and refuses an empty corpus', () => {
    expect(() => traceOfCorpus([imported('/a b')], { seed: 1, count: 1, expect: {} })).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID', location: 'a:/a b' }),
    );
    expect(() => traceOfCorpus([], { seed: 1, count: 1, expect: {} })).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID' }),
    );
  });
});
