import { describe, expect, it, test } from 'vitest';
import { phaseSpans, type TrafficPhase } from '../../src/model/index.js';
import { listedTrace } from './listed-trace.js';
import { settings, SHOP, template } from './settings.js';

const PHASES: readonly TrafficPhase[] = [
  { name: 'day', share: 0.6, mix: { browse: 8, login: 2 } },
  { name: 'wave', share: 0.3, mix: { sqli: 2, browse: 1 } },
  { name: 'evening', share: 0.1, mix: { browse: 1, api: 1, upload: 1 } },
];
const shop = { ...SHOP, phases: PHASES, blocks: 'auto' as const };
const SPAN = { warmup: 1500, window: 9000, rate: 75 };
const labelsOf = (count: number, traffic = shop): string[] =>
  listedTrace(traffic, count, [], SPAN).requests.map(({ label }) => label);
const tally = (labels: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(labels)].sort().map((label) => [label, labels.filter((one) => one === label).length]));

describe('a trace with phases', () => {
  it('goes through them in turn, each with its own mix to the single request', () => {
    const labels = labelsOf(10_500);
    expect(tally(labels.slice(1500, 6900))).toEqual({ browse: 4320, login: 1080 });
    expect(tally(labels.slice(6900, 9600))).toEqual({ browse: 900, sqli: 1800 });
    expect(tally(labels.slice(9600))).toEqual({ api: 300, browse: 300, upload: 300 });
  });

  it('has the mix of the templates in the warm-up', () => {
    expect(labelsOf(10_500).slice(0, 1500)).toEqual(listedTrace(SHOP, 1500).requests.map(({ label }) => label));
  });

  it('mixes evenly within a phase', () => {
    const day = labelsOf(10_500).slice(1500, 6900);
    for (let from = 0; from < day.length; from += 320) {
      const part = day.slice(from, from + 320);
      expect(Math.abs(part.filter((label) => label === 'login').length - part.length / 5)).toBeLessThanOrEqual(1);
    }
  });

  it('a longer trace has longer phases, with the same shares', () => {
    const trace = listedTrace(shop, 28_500, [], SPAN);
    expect(trace.phases).toEqual([
      { name: 'day', from: 1500, to: 17_700 },
      { name: 'wave', from: 17_700, to: 25_800 },
      { name: 'evening', from: 25_800, to: 28_500 },
    ]);
    expect(tally(trace.requests.slice(17_700, 25_800).map(({ label }) => label))).toEqual({ browse: 2700, sqli: 5400 });
  });

  it('is the same from the same seed, another from another seed, and has no blocks', () => {
    const trace = listedTrace(shop, 10_500, [], SPAN);
    expect(listedTrace(shop, 10_500, [], SPAN).digest).toBe(trace.digest);
    expect(listedTrace({ ...shop, seed: 8 }, 10_500, [], SPAN).digest).not.toBe(trace.digest);
    expect(labelsOf(10_500, { ...shop, seed: 8 }).slice(1500)).not.toEqual(labelsOf(10_500).slice(1500));
    expect(trace.blocks).toBeUndefined();
    expect(Object.values(trace.labels).reduce((sum, number) => sum + number, 0)).toBe(10_500);
  });

  it('is the plain one where nothing is to be judged', () => {
    const trace = listedTrace(shop, 500);
    expect(trace.digest).toBe(listedTrace(SHOP, 500).digest);
    expect(trace.phases).toBeUndefined();
  });

  it('gives templates with one label what the label has, as their weights share it', () => {
    const mix = [
      template({ label: 'page', weight: 3, path: '/a' }),
      template({ label: 'page', weight: 1, path: '/b' }),
      template({ label: 'other', weight: 9 }),
    ];
    const phases = [
      { name: 'one', share: 0.5, mix: { page: 2, other: 2 } },
      { name: 'two', share: 0.5, mix: { page: 1 } },
    ];
    const { requests } = listedTrace(settings({ mix, phases }), 10_500, [], SPAN);
    expect(tally(requests.slice(1500, 6000).map(({ target }) => target))).toEqual({ '/': 2250, '/a': 1688, '/b': 562 });
    expect(tally(requests.slice(6000).map(({ target }) => target))).toEqual({ '/a': 3375, '/b': 1125 });
  });

  it('mixes the attacks of the library by their labels', () => {
    const phases = [
      { name: 'day', share: 0.5, mix: { page: 1 } },
      { name: 'wave', share: 0.5, mix: { 'attack-sqli': 3, page: 1 } },
    ];
    const { requests } = listedTrace(
      settings({ sources: [{ kind: 'library', weight: 1, classes: ['sqli', 'xss'] }], phases }),
      10_500,
      [],
      SPAN,
    );
    expect(tally(requests.slice(6000).map(({ label }) => label))).toEqual({ 'attack-sqli': 3375, page: 1125 });
  });
});

test('phases that do not divide the window leave no gap and no request over', () => {
  const spans = phaseSpans(
    [1, 2, 3].map((place) => ({ name: `p${place}`, share: 1 / 3 })),
    100,
    1000,
  );
  expect(spans.map(({ from, to }) => [from, to])).toEqual([
    [100, 433],
    [433, 767],
    [767, 1100],
  ]);
});
