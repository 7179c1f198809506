import { gatherEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { interval, replicateMean } from '../../../src/statistics/estimators/replicate-mean.js';
import { floorOf } from '../../../src/statistics/estimators/variance-floor.js';
import { leak } from '../generator/growth.js';
import { drawPair, type Service, type Timing } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Columns, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { figure, percent, quantile, share } from '../harness/summary.js';
import { QUANTUM } from '../procedure/design.js';
import { HARMLESS } from './services.js';

const WINDOWS = [120, 300] as const;
const REPLICATES = [3, 5] as const;
const LEAK = 64;
/** Nominal 95 % minus the uncertainty of a few thousand trials. */
const LEAST_COVERAGE = 0.935;
/**
 * The phase is the same in every replicate. No interval over replicates can show this; the sawtooth term is for this
 * case.
 */
const UNKNOWABLE = 'locked sawtooth 55 → 63 s';

const nameOf = (row: string, window: number): string => `coverage ${window}: ${row}`;

function covers(service: Service, timing: Timing, random: Random): Observation {
  const pairs = Array.from({ length: Math.max(...REPLICATES) }, () =>
    drawPair({ ...service, growth: leak(LEAK) }, timing, random),
  );
  return Object.fromEntries(
    REPLICATES.flatMap((count) => {
      const { differences, floor } = gatherEvidence(pairs.slice(0, count), QUANTUM);
      const { lower, upper } = interval(replicateMean(differences, floorOf(floor)), 0.95);
      return [
        [`lower${count}`, lower],
        [`upper${count}`, upper],
      ];
    }),
  );
}

/**
 * The median of the intervals' centres in all trials: the leak and the usual drift of different noises. What one run in
 * twelve does on one arm only (a worker takes over the connections) changes the mean, and five replicates cannot show
 * it.
 */
function truth(of: Columns, count: number): number {
  return quantile(
    (of[`lower${count}`] ?? []).map((lower, i) => (lower + (of[`upper${count}`]?.[i] as number)) / 2),
    0.5,
  );
}

function coverageOf(of: Columns, count: number): number {
  const value = truth(of, count);
  return share(
    (of[`lower${count}`] ?? []).map((lower, i) =>
      lower <= value && value <= (of[`upper${count}`]?.[i] as number) ? 1 : 0,
    ),
  );
}

function medianWidth(of: Columns, count: number): number {
  return quantile(
    (of[`upper${count}`] ?? []).map((upper, i) => (upper - (of[`lower${count}`]?.[i] as number)) / 2),
    0.5,
  );
}

/**
 * Whether the 95 % interval of a fixed number of replicates contains the true difference, for a leak with every noise.
 */
export function coverage({ trials }: Scale): Section {
  const cells = WINDOWS.flatMap((window) =>
    Object.entries(HARMLESS).map(([row, service]): Cell => ({
      name: nameOf(row, window),
      trials,
      trial: (random) => covers(service, { rate: 75, warmup: 60, window }, random),
    })),
  );
  return {
    name: 'coverage',
    title: `Coverage of the 95 % interval, a leak of ${LEAK} B/request on every noise`,
    cells,
    reports: (results) => [reportOf(results)],
  };
}

function reportOf(results: Results): Report {
  const designs = WINDOWS.flatMap((window) => REPLICATES.map((count) => ({ window, count })));
  const rows = Object.keys(HARMLESS).map((row) => ({
    row,
    covered: designs.map(({ window, count }) => coverageOf(results(nameOf(row, window)), count)),
    widths: designs.map(({ window, count }) => medianWidth(results(nameOf(row, window)), count)),
  }));
  const worst = rows
    .filter(({ row }) => row !== UNKNOWABLE)
    .map(({ row, covered }) => ({ row, least: Math.min(...covered) }))
    .sort((a, b) => a.least - b.least)[0];
  return {
    header: [
      'noise',
      ...designs.map(({ window, count }) => `R${count} W${window}: %`),
      ...designs.map(({ window, count }) => `± B (R${count} W${window})`),
    ],
    rows: rows.map(({ row, covered, widths }) => [row, ...covered.map(percent), ...widths.map(figure)]),
    checks: [
      {
        claim: `coverage ≥ ${percent(LEAST_COVERAGE)} % on every noise`,
        ok: (worst?.least ?? 0) >= LEAST_COVERAGE,
        found: `least ${percent(worst?.least ?? 0)} % (${worst?.row})`,
      },
    ],
  };
}
