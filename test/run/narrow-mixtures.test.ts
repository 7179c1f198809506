import { describe, expect, test } from 'vitest';
import type { HuntRow, HuntWeight } from '../../src/model/index.js';
import { answerOf, beyondBaseline, shapesToWeigh, type KeptShape } from '../../src/run/narrow-mixtures.js';

const GIVES_BACK: HuntWeight = {
  standing: 'gives-back',
  per: 'request',
  bytes: 0,
  service: null,
  statuses: ['200'],
  requests: 100,
};
const keeps = (bytes: number, more: Partial<HuntWeight> = {}): HuntWeight => ({
  ...GIVES_BACK,
  standing: 'keeps',
  bytes,
  service: 'waf',
  ...more,
});

function kept(name: string, candidate: HuntWeight, baseline: HuntWeight = GIVES_BACK): KeptShape {
  const row = { shape: name, keptOn: 'candidate', weights: { baseline, candidate } } as unknown as HuntRow;
  return { row, shape: { name } as KeptShape['shape'] };
}

describe('the shapes that are weighed on each mixture', () => {
  test('are the largest ones of one service, one of those that keep the same number of bytes', () => {
    const all = [
      kept('small', keeps(40)),
      kept('xml, valid', keeps(5280)),
      kept('xml, broken', keeps(5300)),
      kept('other service', keeps(4000, { service: 'backend' })),
      kept('by connection', keeps(5290, { per: 'connection' })),
      kept('middle', keeps(300)),
    ];
    const names = (most: number): readonly string[] => shapesToWeigh(all, most).map(({ row }) => row.shape);
    expect(names(9)).toEqual(['xml, broken', 'by connection', 'middle', 'small']);
    expect(names(2)).toEqual(['xml, broken', 'by connection']);
    expect(shapesToWeigh([], 3)).toEqual([]);
  });
});

describe('bytes beyond the baseline', () => {
  test.each<[string, HuntWeight, HuntWeight, number | null]>([
    ['nothing is kept', GIVES_BACK, GIVES_BACK, 0],
    ['the baseline gives back', keeps(264), GIVES_BACK, 264],
    ['both keep the same within the tolerance', keeps(120), keeps(100), 0],
    ['both keep, this one more', keeps(300), keeps(100), 200],
    ['both keep, but of other things', keeps(300), keeps(300, { per: 'connection' }), 300],
    ['it was not decided', { ...GIVES_BACK, standing: 'undecided' }, GIVES_BACK, null],
    ['it was not measured', { ...GIVES_BACK, standing: 'unmeasured' }, keeps(10), null],
  ])('%s', (_, weight, baseline, expected) => {
    expect(beyondBaseline(weight, baseline)).toBe(expected);
  });
});

describe('what a mixture does', () => {
  const shapes = [kept('xml', keeps(5280)), kept('page', keeps(264))];
  test.each<[string, readonly HuntWeight[], string, readonly (number | null)[]]>([
    ['it gives all back', [GIVES_BACK, GIVES_BACK], 'stops', [0, 0]],
    ['it keeps one shape', [GIVES_BACK, keeps(264)], 'grows', [0, 264]],
    [
      'it keeps one shape, and the other is not known',
      [{ ...GIVES_BACK, standing: 'undecided' }, keeps(264)],
      'grows',
      [null, 264],
    ],
    ['one shape is not known', [GIVES_BACK, { ...GIVES_BACK, standing: 'undecided' }], 'unresolved', [0, null]],
    ['it answers another status', [GIVES_BACK, { ...GIVES_BACK, statuses: ['502', '200'] }], 'unresolved', [0, null]],
    ['it was not weighed', [], 'unresolved', [null, null]],
  ])('%s', (_, weights, answer, bytes) => {
    expect(answerOf(weights, shapes)).toEqual({ answer, bytes });
  });
});
