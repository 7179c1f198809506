import { describe, expect, test } from 'vitest';
import { readPrometheus } from '../../src/index.js';

type Labels = Record<string, string>;
const points = (value: (n: number) => number, count = 40): [number, string][] =>
  Array.from({ length: count }, (_, n) => [1_763_700_000 + 15 * n, String(value(n))]);
const answer = (result: { metric: Labels; values: [number, string][] }[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
const rss = (labels: Labels, slope = 0) => ({
  metric: { __name__: 'container_memory_rss', ...labels },
  values: points((n) => 3e7 + slope * n),
});

describe('a query_range answer', () => {
  test('one series: seconds from its first point, no requests, our name for the metric', () => {
    const { services } = readPrometheus(answer([rss({ container: 'waf', pod: 'waf-7c9' })]), 'a.json');
    expect(services).toHaveLength(1);
    expect(services[0]?.service).toBe('service');
    expect(Array.from(services[0]?.time ?? []).slice(0, 3)).toEqual([0, 15, 30]);
    expect(services[0]?.requests).toBeNull();
    expect(services[0]?.values['anon_bytes']?.[0]).toBe(3e7);
  });

  test('one series per container becomes one service each, with its descriptors', () => {
    const fds = {
      metric: { __name__: 'container_file_descriptors', container: 'waf', pod: 'a' },
      values: points(() => 40),
    };
    const { services } = readPrometheus(
      answer([rss({ container: 'waf', pod: 'a' }), rss({ container: 'stats', pod: 'b' }), fds]),
      'a.json',
    );
    expect(services.map(({ service }) => service)).toEqual(['waf', 'stats']);
    expect(Object.keys(services[0]?.values ?? {})).toEqual(['anon_bytes', 'fds']);
  });

  test('a single counter of requests is the x-axis', () => {
    const counter = { metric: { __name__: 'nginx_http_requests_total' }, values: points((n) => 100 * n) };
    const { services } = readPrometheus(answer([rss({ container: 'waf' }), counter]), 'a.json');
    expect(services).toHaveLength(1);
    expect(services[0]?.requests?.[3]).toBe(300);
  });

  test('points missing in one series are missing readings', () => {
    const short = rss({ container: 'b' });
    const { services } = readPrometheus(
      answer([rss({ container: 'a' }), { ...short, values: short.values.slice(2) }]),
      'a.json',
    );
    expect(services[1]?.time[0]).toBe(30);
  });

  test.each([
    [
      'an instant query',
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } }),
      /query_range/,
    ],
    ['an error', JSON.stringify({ status: 'error', error: 'parse error' }), /parse error/],
    ['a cut-off answer', '{"status":"succ', /not valid JSON/],
    ['no series', answer([]), /no series/],
    ['too few points', answer([{ metric: {}, values: points(() => 1, 5) }]), /only 5 readings/],
    ['series that no label tells apart', answer([rss({ job: 'x' }), rss({ job: 'x' })]), /no label separates them/],
  ])('%s is refused', (_, text, message) => {
    expect(() => readPrometheus(text, 'a.json')).toThrow(message);
  });
});
