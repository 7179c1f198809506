import { gatherEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import type { ArmSeries } from '../../../src/statistics/estimators/pair-measure.js';
import { at } from '../../../src/statistics/numbers.js';
import { olsSlope } from '../../../src/statistics/estimators/ols.js';
import { halfWidth, replicateMean } from '../../../src/statistics/estimators/replicate-mean.js';
import { floorOf } from '../../../src/statistics/estimators/variance-floor.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { NOISE, type NoiseName } from '../generator/noise-kinds.js';
import { drawPair } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { figure, percent, quantile, share } from '../harness/summary.js';
import { ALPHAS, QUANTUM } from '../procedure/design.js';
import { alike } from './services.js';

const NOISES: readonly NoiseName[] = ['saw', 'sawbig', 'sawslow', 'runtime'];
const WINDOWS = [900, 1_800] as const;
const REPLICATES = 5;

const nameOf = (noise: NoiseName, window: number): string => `floors ${window}: ${noise}`;

/** Parts of the window that each contain a fall of the slowest collector. */
const stretchesIn = (noise: NoiseName, window: number): number =>
  Math.floor(window / Math.max(...NOISE[noise].teeth.map(({ period }) => period[1])));

/** Slope of the lowest values of this many parts of a series: what remains after a collector has freed its memory. */
function slopeOfFloors({ x, y }: ArmSeries, stretches: number): number {
  const lowest = Array.from({ length: stretches }, (_, n) => {
    let least = Math.floor((n * y.length) / stretches);
    for (let i = least; i < Math.floor(((n + 1) * y.length) / stretches); i += 1)
      if (at(y, i) < at(y, least)) least = i;
    return least;
  });
  return olsSlope(
    lowest.map((i) => at(x, i)),
    lowest.map((i) => at(y, i)),
  );
}

/**
 * How much a leak must exceed the margin to fail, by the slope in use and by the slope of the lowest values, which
 * needs no sawtooth term.
 */
function both(noise: NoiseName, window: number, random: Random): Observation {
  const pairs = Array.from({ length: REPLICATES }, () =>
    drawPair(alike(noise), { rate: RECORDED_RATE, warmup: 60, window }, random),
  );
  const { differences, floor } = gatherEvidence(pairs, QUANTUM);
  const slope = (arm: ArmSeries | null): number => (arm === null ? 0 : slopeOfFloors(arm, stretchesIn(noise, window)));
  const shipped = replicateMean(differences, floorOf(floor));
  const floors = replicateMean(
    pairs.map(({ baseline, candidate }) => slope(candidate) - slope(baseline)),
    floorOf({ ...floor, sawtooth: 0 }),
  );
  return {
    shipped: halfWidth(shipped, ALPHAS.fail) - shipped.mean,
    floors: halfWidth(floors, ALPHAS.fail) - floors.mean,
  };
}

/** Would the slope of the lowest values be better for sawtooth memory? With one collector yes, with several no. */
export function floors({ trials }: Scale): Section {
  const cells = WINDOWS.flatMap((window) =>
    NOISES.map((noise): Cell => ({
      name: nameOf(noise, window),
      trials: Math.ceil(trials / 4),
      trial: (random) => both(noise, window, random),
    })),
  );
  return {
    name: 'floors',
    title:
      `The slope of a sawtooth's floors (R${REPLICATES}, one look): B/request above the margin found ` +
      `with 80 % probability, and wrong FAIL % at the margin`,
    cells,
    reports: (results) => [reportOf(results)],
  };
}

function reportOf(results: Results): Report {
  const cellsOf = (values: readonly number[] | undefined): string[] => [
    figure(quantile(values ?? [], 0.8)),
    percent(share(values?.map((needed) => (needed < 0 ? 1 : 0)))),
  ];
  return {
    header: ['noise, window (stretches)', 'OLS, as shipped', 'wrong, %', 'floors', 'wrong, %'],
    rows: WINDOWS.flatMap((window) =>
      NOISES.map((noise) => {
        const of = results(nameOf(noise, window));
        return [
          `${noise} ${window} s (${stretchesIn(noise, window)})`,
          ...cellsOf(of['shipped']),
          ...cellsOf(of['floors']),
        ];
      }),
    ),
    checks: [],
  };
}
