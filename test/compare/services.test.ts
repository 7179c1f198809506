import { describe, expect, test } from 'vitest';
import { roleOfName } from '../../src/compare/role-of-name.js';
import { compareGrowth, type Comparison, type RecordedRun, type RecordedSeries } from '../../src/index.js';
import { madeUp } from './samples.js';

/** A file with a series for each set of labels. */
function run(
  source: string,
  seed: number,
  parts: readonly (readonly [labels: Record<string, string>, leak: number])[],
): RecordedRun {
  return {
    source,
    services: parts.map(([labels, leak], n): RecordedSeries => ({
      ...madeUp({ perRequest: leak, seed: seed + n }),
      labels,
      service: Object.values(labels).join(' '),
    })),
  };
}

/** Three files a side; the labels may hang on the side and the replicate. */
function judge(
  parts: (side: string, n: number, leak: number) => readonly (readonly [Record<string, string>, number])[],
  service?: string,
): Comparison {
  const side = (name: string, leak: number): RecordedRun[] =>
    [1, 2, 3].map((n) => run(`${name}${n}`, n + leak / 64, parts(name, n, leak)));
  return compareGrowth({ baseline: side('b', 0), candidate: side('c', 256) }, service === undefined ? {} : { service });
}
const judgedOf = ({ verdict }: Comparison): string[] =>
  verdict.assessment.services
    .filter(({ metric, role }) => metric === 'anon_bytes' && role !== '(stack)')
    .map(({ role, outcome }) => `${role} ${outcome}`);

describe('services', () => {
  test('pods that are named anew in every run are one series of their container', () => {
    const comparison = judge((side, n, leak) =>
      ['x', 'y'].map((pod) => [{ container: 'controller', pod: `in-${side}${n}-${pod}` }, leak]),
    );
    expect(judgedOf(comparison)).toEqual(['controller fail']);
    expect(comparison.verdict.assessment.services[0]?.difference?.value).toBeCloseTo(512, -1);
    expect(comparison.notes).toContainEqual({ code: 'services-added-up', facts: { services: ['controller'] } });
  });

  test('pods without a container label are recognised by their role', () => {
    const hash = { b: '7f9c8d6b5', c: '6b4f9cd7d8' } as Record<string, string>;
    expect(
      judgedOf(
        judge((side, _, leak) => [
          [{ pod: `waf-${hash[side]}-x2x4z` }, leak],
          [{ pod: `stats-${hash[side]}-9kq2m` }, 0],
        ]),
      ),
    ).toEqual(['waf fail', 'stats pass']);
  });

  test('containers of two compose projects are recognised by their service', () => {
    expect(
      judgedOf(
        judge((side, n, leak) => [
          [{ name: `p${side}${n}_waf_1` }, leak],
          [{ name: `p${side}${n}_db_1` }, 0],
        ]),
      ),
    ).toEqual(['waf fail', 'db pass']);
  });

  test('processes that differ only in their ids are added up', () => {
    expect(
      judgedOf(
        judge((side, n, leak) => [
          [{ pid: `${n}${side === 'b' ? 1 : 2}` }, leak],
          [{ pid: `${n}${side === 'b' ? 3 : 4}` }, 0],
        ]),
      ),
    ).toEqual(['service fail']);
  });

  test('--service judges one alone', () => {
    const parts = (_: string, __: number, leak: number) =>
      [
        [{ container: 'waf' }, leak],
        [{ container: 'db' }, 0],
      ] as const;
    expect(judgedOf(judge(parts, 'db'))).toEqual(['db pass']);
    expect(() => judge(parts, 'cache')).toThrow(/no service "cache"/);
  });

  test('names that no file shares are refused with both', () => {
    expect(() =>
      judge((side, _, leak) => [
        [{ app: `${side}alpha` }, leak],
        [{ app: `${side}beta` }, 0],
      ]),
    ).toThrow(/no service has the same name in every file: balpha, bbeta in b1, calpha, cbeta in c1/);
  });

  test('a pod that is replaced by another is no series of one process life', () => {
    const half = (series: RecordedSeries, first: boolean): RecordedSeries => {
      const cut = (column: ArrayLike<number>): number[] =>
        Array.from(column).slice(first ? 0 : 150, first ? 150 : undefined);
      return {
        ...series,
        time: cut(series.time),
        requests: cut(series.requests ?? []),
        values: { anon_bytes: cut(series.values['anon_bytes'] ?? []) },
      };
    };
    const replaced = (name: string, seed: number): RecordedRun => {
      const whole = run(name, seed, [
        [{ container: 'waf', pod: `${name}-1` }, 0],
        [{ container: 'waf', pod: `${name}-2` }, 0],
      ]);
      return { ...whole, services: whole.services.map((series, n) => half(series, n === 0)) };
    };
    expect(() =>
      compareGrowth({
        baseline: [replaced('b1', 1), replaced('b2', 2)],
        candidate: [replaced('c1', 4), replaced('c2', 5)],
      }),
    ).toThrow(/restarted, replaced or scaled/);
  });

  test.each([
    ['ingress-7f9c8d6b5-x2x4z', 'ingress'],
    ['web-0', 'web'],
    ['shop-old_waf_1', 'shop-waf'],
    ['waf-1.4', 'waf'],
    ['waf', 'waf'],
    ['4f5d1c2b3a49', '4f5d1c2b3a49'],
  ])('the role in %s is %s', (name, role) => {
    expect(roleOfName(name)).toBe(role);
  });
});
