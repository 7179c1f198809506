import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrafficSettings } from '../../src/model/index.js';
import { groupLabels } from '../../src/traffic/blocks/groups.js';
import { blockLayout } from '../../src/traffic/blocks/layout.js';
import { signRows } from '../../src/traffic/blocks/sign-rows.js';
import { splitPair } from '../../src/traffic/blocks/split-pair.js';
import { type CorpusRequest } from '../../src/traffic/index.js';
import { listedTrace } from './listed-trace.js';
import { labelWeights } from '../../src/statistics/estimators/label-growth.js';
import { labelledAxis } from '../../src/verdict/attribution/labelled-axis.js';
import { settings, SHOP, template } from './settings.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const SPAN = { warmup: 1500, window: 9000, rate: 75 };
const shop: TrafficSettings = { ...SHOP, blocks: 'auto' };
const labelsOf = (traffic: TrafficSettings, count = 10_500, span: typeof SPAN | undefined = SPAN): string[] =>
  listedTrace(traffic, count, [], span).requests.map(({ label }) => label);
const tally = (labels: readonly string[]): Record<string, number> =>
  Object.fromEntries(SHOP.mix.map(({ label }) => [label, labels.filter((one) => one === label).length]));

describe('signRows', () => {
  test.each([4, 8, 12])('%i columns: rows and columns are as different as can be', (columns) => {
    const rows = signRows(columns);
    expect(rows).toHaveLength(columns - 1);
    for (const [i, row] of rows.entries())
      for (const other of rows.slice(0, i))
        expect(sum(row.map((sign, column) => sign * (other[column] as number)))).toBe(0);
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < i; j++) expect(sum(rows.map((row) => (row[i] as number) * (row[j] as number)))).toBe(-1);
  });

  test('every row has a difference, for every number of labels', () => {
    for (let columns = 2; columns <= 12; columns++)
      for (const row of signRows(columns)) expect(new Set(row).size).toBe(2);
  });
});

test('a pair is divided in whole numbers, half to each block, and no share moves by more than 80 % of itself', () => {
  const entry = fc.record({ count: fc.nat(400), sign: fc.constantFrom(1 as const, -1 as const) });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 12 }), (entries) => {
      const counts = entries.map(({ count }) => count);
      fc.pre(sum(counts) >= 2);
      const one = splitPair(
        counts,
        entries.map(({ sign }) => sign),
      );
      expect(sum(one)).toBe(Math.floor(sum(counts) / 2));
      for (const [i, part] of one.entries()) {
        expect(Number.isInteger(part)).toBe(true);
        expect(Math.abs(part - (counts[i] as number) / 2)).toBeLessThanOrEqual(0.4 * (counts[i] as number) + 1);
        expect(part).toBeLessThanOrEqual(counts[i] as number);
      }
    }),
  );
});

describe('groupLabels', () => {
  test('labels that are common enough stand alone, in the order given; rare ones join the next rarest', () => {
    const shares = [
      { label: 'page', weight: 60 },
      { label: 'upload', weight: 10 },
      { label: 'rare', weight: 0.1 },
      { label: 'never', weight: 0 },
      { label: 'page', weight: 5 },
    ];
    expect(groupLabels(shares, 750, 12)).toEqual([['page'], ['rare', 'upload']]);
  });

  test('no more groups than are asked for', () => {
    const groups = groupLabels(
      Array.from({ length: 20 }, (_, i) => ({ label: `l${i}`, weight: 1 + i })),
      3000,
      12,
    );
    expect(groups).toHaveLength(12);
    expect(groups.flat().sort()).toEqual(Array.from({ length: 20 }, (_, i) => `l${i}`).sort());
  });

  test('one label cannot be separated from others, and a short window has too little time', () => {
    expect(blockLayout([{ label: 'page', weight: 1 }], SPAN)).toBeNull();
    expect(
      blockLayout(
        [
          { label: 'a', weight: 1 },
          { label: 'b', weight: 1 },
        ],
        { ...SPAN, window: 2500 },
      ),
    ).toBeNull();
  });
});

describe('a trace with blocks', () => {
  const labels = labelsOf(shop);
  const plain = labelsOf(SHOP);

  test('has the plain order in the warm-up, and the plain counts in every pair, half and third of the window', () => {
    expect(labels.slice(0, 1500)).toEqual(plain.slice(0, 1500));
    for (let pair = 0; pair < 6; pair++)
      expect(tally(labels.slice(1500 + 1500 * pair, 3000 + 1500 * pair))).toEqual(
        tally(plain.slice(1500 + 1500 * pair, 3000 + 1500 * pair)),
      );
    expect(tally(labels)).toEqual(tally(plain));
  });

  test('is never further from the plain counts than half a block', () => {
    const ahead = new Map<string, number>();
    for (const [i, label] of labels.entries()) {
      ahead.set(label, (ahead.get(label) ?? 0) + 1);
      ahead.set(plain[i] as string, (ahead.get(plain[i] as string) ?? 0) - 1);
      for (const one of ahead.values()) expect(Math.abs(one)).toBeLessThanOrEqual(375);
    }
  });

  test('says what each block has', () => {
    const { blocks } = listedTrace(shop, 10_500, [], SPAN);
    expect(blocks?.groups.flat()).toEqual(SHOP.mix.map(({ label }) => label));
    expect(blocks?.first).toBe(1500);
    for (const [block, counts] of (blocks?.counts ?? []).entries())
      expect(counts).toEqual(Object.values(tally(labels.slice(1500 + 750 * block, 2250 + 750 * block))));
  });

  test('is the beginning of a longer trace, and has no blocks where nothing is judged or compared by label', () => {
    expect(labelsOf(shop, 28_500).slice(0, 10_500)).toEqual(labels);
    expect(listedTrace(shop, 500).digest).toBe(listedTrace(SHOP, 500).digest);
    expect(listedTrace({ ...shop, blocks: 'off' }, 500, [], SPAN).digest).toBe(listedTrace(SHOP, 500).digest);
  });

  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('separates all of %i labels', (count) => {
    const mix = Array.from({ length: count }, (_, i) => template({ label: `l${i}`, weight: 1 + (i % 3) }));
    const { blocks } = listedTrace(settings({ seed: count, mix, blocks: 'auto' }), 10_500, [], SPAN);
    const answered = Array.from({ length: 120 }, (_, i) => 1500 + 75 * (i + 1));
    expect(blocks?.groups).toHaveLength(count);
    expect(blocks && labelWeights(labelledAxis(blocks, answered))).toHaveLength(count);
  });

  test('separates the labels of a shuffled recording, and keeps a recorded order', () => {
    const request = (i: number): CorpusRequest => ({
      label: i % 3 === 0 ? 'login' : 'page',
      source: `r:${i}`,
      at: null,
      method: 'GET',
      target: `/${i}`,
      headers: [['Host', 'a.test']],
      body: null,
    });
    const corpus = Array.from({ length: 300 }, (_, i) => request(i));
    const source = {
      kind: 'corpus' as const,
      file: 'r.ndjson',
      weight: 1,
      label: null,
      expect: {},
      order: 'shuffled' as const,
    };
    const mix = [template({ label: 'own' })];
    const shuffled = listedTrace(settings({ mix, sources: [source], blocks: 'auto' }), 10_500, [corpus], SPAN);
    expect(shuffled.blocks?.groups).toEqual([['own'], ['login'], ['page']]);
    expect(shuffled.labels['login']).toBeCloseTo(10_500 / 6, -1);
    const recorded = listedTrace(
      settings({ mix, sources: [{ ...source, order: 'recorded' }], blocks: 'auto' }),
      10_500,
      [corpus],
      SPAN,
    );
    expect(recorded.blocks?.groups).toEqual([['own'], ['source 1']]);
    expect(
      recorded.requests
        .filter(({ label }) => label !== 'own')
        .slice(0, 300)
        .map(({ target }) => target),
    ).toEqual(corpus.map(({ target }) => target));
  });
});
