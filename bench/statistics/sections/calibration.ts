import { olsSlope } from '../../../src/statistics/estimators/ols.js';
import { none } from '../generator/growth.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { drawPair } from '../generator/pair.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { deviation, figure, percent, share } from '../harness/summary.js';
import type { Random } from '../generator/random.js';

const WARMUP = 60;
const WINDOWS = [60, 120, 240, 300] as const;
/**
 * Real nginx runs (method.md section 1): deviation of one slope, bytes per second, and share of exact zeros, by window.
 */
const REAL = { deviation: [648, 457, 270, 203], zeros: [0.58, 0.37, 0.07, Number.NaN] };
/**
 * Deviation of one slope in bytes per request that the generator of the method had (section 2): windows of 120, 300 and
 * 900 s.
 */
const METHOD: Partial<Record<NoiseName, readonly number[]>> = {
  plain: [6.8, 4, 3.3],
  lua: [16.5, 7.5, Number.NaN],
  saw: [154, 34, 6.6],
  sawslow: [Number.NaN, 283, 47],
};

const nameOf = (noise: NoiseName, window: number): string => `calibration: ${noise} ${window}`;

function slopes(noise: NoiseName, window: number, random: Random): Observation {
  const { baseline } = drawPair(
    { baseline: noise, candidate: 'flat', growth: none },
    { rate: RECORDED_RATE, warmup: WARMUP, window },
    random,
  );
  const slope = baseline === null ? Number.NaN : olsSlope(baseline.x, baseline.y);
  return { slope, zero: slope === 0 ? 1 : 0 };
}

/** The generator compared with the real runs that it imitates. */
export function calibration({ trials }: Scale): Section {
  const wanted: [NoiseName, number][] = [
    ...WINDOWS.map((window): [NoiseName, number] => ['plain', window]),
    ...methodCells(),
  ];
  const cells = wanted.map(([noise, window]): Cell => ({
    name: nameOf(noise, window),
    trials: 2 * trials,
    trial: (random) => slopes(noise, window, random),
  }));
  const unique = cells.filter((cell, i) => cells.findIndex(({ name }) => name === cell.name) === i);
  return {
    name: 'calibration',
    title: 'Calibration: OLS slope of one run after a warm-up of 60 s',
    cells: unique,
    reports: (results) => [against(results), againstMethod(results)],
  };
}

function methodCells(): [NoiseName, number][] {
  return (Object.keys(METHOD) as NoiseName[]).flatMap((noise) =>
    [120, 300, 900].map((window): [NoiseName, number] => [noise, window]),
  );
}

function against(results: Results): Report {
  const found = WINDOWS.map((window) => results(nameOf('plain', window)));
  const deviations = found.map((of) => RECORDED_RATE * deviation(of['slope'] ?? []));
  const ratios = deviations.map((value, i) => value / (REAL.deviation[i] as number));
  return {
    header: ['nginx-like, window', ...WINDOWS.map((window) => `${window} s`)],
    rows: [
      ['real: sd, B/s', ...REAL.deviation.map(String)],
      ['generator: sd, B/s', ...deviations.map((value) => value.toFixed(0))],
      ['generator: mean, B/s', ...found.map((of) => (RECORDED_RATE * share(of['slope'])).toFixed(0))],
      ['real: exact zeros, %', ...REAL.zeros.map(percent)],
      ['generator: exact zeros, %', ...found.map((of) => percent(share(of['zero'])))],
    ],
    checks: [
      {
        claim: 'the generator is no quieter than real nginx and at most 1.9 times as noisy',
        ok: ratios.every((ratio) => ratio >= 0.9 && ratio <= 1.9),
        found: `sd ratio ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
      },
    ],
  };
}

function againstMethod(results: Results): Report {
  const deviationOf = (noise: NoiseName, window: number): string =>
    figure(deviation(results(nameOf(noise, window))['slope'] ?? []));
  return {
    header: ['sd of one slope, B/request', '120 s', "the method's", '300 s', "the method's", '900 s', "the method's"],
    rows: Object.entries(METHOD).map(([noise, figures]) => [
      noise,
      ...[120, 300, 900].flatMap((window, i) => [
        deviationOf(noise as NoiseName, window),
        figure(figures[i] ?? Number.NaN),
      ]),
    ]),
    checks: [],
  };
}
