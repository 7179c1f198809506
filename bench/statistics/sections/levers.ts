import { gatherEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { replicateMean } from '../../../src/statistics/estimators/replicate-mean.js';
import { tUpperQuantile } from '../../../src/statistics/distributions/student-t.js';
import { floorOf } from '../../../src/statistics/estimators/variance-floor.js';
import { drawPair, type Service, type Timing } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { figure, quantile } from '../harness/summary.js';
import { ALPHAS, OVERHEAD_SECONDS, QUANTUM } from '../procedure/design.js';
import { alike } from './services.js';
import type { NoiseName } from '../generator/noise-kinds.js';

/** One way to use the same time. */
interface Way {
  readonly row: string;
  readonly service: Omit<Service, 'baseline' | 'candidate' | 'growth'>;
  readonly replicates: number;
  readonly timing: Timing;
  /** Whether replicates take their baseline from another pair, and not from the same time. */
  readonly crossed?: boolean;
}

interface Lever {
  readonly title: string;
  readonly noises: readonly NoiseName[];
  readonly ways: readonly Way[];
}

const TIME = 1_000;
const LONG_TIME = 1_900;
const RATE = 75;

/** The window that this many rounds leave of a test time. */
const windowIn = (time: number, rounds: number, warmup: number): number =>
  Math.floor(time / rounds - OVERHEAD_SECONDS - warmup);
const way = (row: string, replicates: number, timing: Timing, service: Way['service'] = {}): Way => ({
  row,
  service,
  replicates,
  timing,
});
const inTime = (time: number, replicates: number, warmup: number, pairsAtOnce: number = 1): Timing => ({
  rate: RATE,
  warmup,
  window: windowIn(time, Math.ceil(replicates / pairsAtOnce), warmup),
});

const SINGLE: readonly Lever[] = [
  {
    title: 'rate: R5, 17 min; the noise comes with the seconds, half with the requests, or all with the requests',
    noises: ['plain', 'lua'],
    ways: [0, 0.5, 1].flatMap((noisePerRequest) =>
      [75, 150, 300].map((rate) =>
        way(
          `${rate}/s, ${100 * noisePerRequest} % of the noise per request`,
          5,
          { ...inTime(TIME, 5, 60), rate },
          { noisePerRequest },
        ),
      ),
    ),
  },
  {
    title: 'later start or longer window: R5, 17 min',
    noises: ['plain', 'lua', 'apache', 'runtime'],
    ways: [10, 20, 30, 60, 90, 120].map((warmup) =>
      way(`start after ${warmup} s, window ${windowIn(TIME, 5, warmup)} s`, 5, inTime(TIME, 5, warmup)),
    ),
  },
  ...[TIME, LONG_TIME].map((time): Lever => ({
    title: `replicates or longer windows: ${Math.round(time / 60)} min, start after 60 s`,
    noises: ['plain', 'lua', 'saw', 'runtime', 'sawslow'],
    ways: [2, 3, 4, 5, 6, 8].map((replicates) =>
      way(`R${replicates} W${windowIn(time, replicates, 60)}`, replicates, inTime(time, replicates, 60)),
    ),
  })),
  {
    title: 'pairs at once: 17 min, start after 60 s',
    noises: ['plain', 'lua', 'saw'],
    ways: [
      { pairs: 1, replicates: 5 },
      { pairs: 2, replicates: 6 },
      { pairs: 4, replicates: 8 },
      { pairs: 8, replicates: 8 },
    ].map(({ pairs, replicates }) => {
      const timing = inTime(TIME, replicates, 60, pairs);
      return way(`${pairs} at once: R${replicates} W${timing.window}`, replicates, timing);
    }),
  },
  {
    title: 'common causes (steps of 200–360 KB that hit both arms): R5, 17 min',
    noises: ['plain', 'lua'],
    ways: [0, 0.25, 1].flatMap((commonSteps) => {
      const paired = way(`${commonSteps} a minute, side by side`, 5, inTime(TIME, 5, 60), { commonSteps });
      return [paired, { ...paired, row: `${commonSteps} a minute, not paired`, crossed: true }];
    }),
  },
];

/**
 * Before and after the changes that cost nothing: twice the rate, with half of the noise coming with the requests, and
 * an earlier start.
 */
const COMBINED: Lever = {
  title: 'combined',
  noises: ['plain', 'lua', 'apache', 'runtime'],
  ways: [
    { time: 300, replicates: 3 },
    { time: 600, replicates: 4 },
    { time: 900, replicates: 5 },
    { time: 1_800, replicates: 5 },
  ].flatMap(({ time, replicates }) => {
    const title = (rate: number, warmup: number): string =>
      `${time / 60} min, R${replicates}: ${rate}/s, start after ${warmup} s`;
    return [
      way(title(75, 60), replicates, inTime(time, replicates, 60)),
      way(title(75, 30), replicates, inTime(time, replicates, 30)),
      way(title(150, 30), replicates, { ...inTime(time, replicates, 30), rate: 150 }, { noisePerRequest: 0.5 }),
    ];
  }),
};

const LEVERS = [...SINGLE, COMBINED];

const nameOf = (lever: Lever, row: string, noise: NoiseName): string => `lever ${lever.title}: ${row} ${noise}`;

/**
 * How much a leak must exceed the margin so that exactly this set of replicates fails. OLS is linear, so a leak only
 * shifts the differences.
 */
function excessNeeded(
  { service, replicates, timing, crossed = false }: Way,
  noise: NoiseName,
  random: Random,
): Observation {
  const pairs = Array.from({ length: replicates }, () => drawPair({ ...alike(noise), ...service }, timing, random));
  const judged = crossed
    ? pairs.map((pair, i) => ({ ...pair, baseline: pairs[(i + 1) % replicates]?.baseline ?? null }))
    : pairs;
  const { differences, floor } = gatherEvidence(judged, QUANTUM);
  const estimate = replicateMean(differences, floorOf(floor));
  return { needed: tUpperQuantile(ALPHAS.fail, estimate.degreesOfFreedom) * estimate.standardError - estimate.mean };
}

/** What each change gains: the leak above the margin that one look (alpha 1 %) finds with a probability of 80 %. */
export function levers({ trials }: Scale): Section {
  const cells = LEVERS.flatMap((lever) =>
    lever.ways.flatMap((way) =>
      lever.noises.map((noise): Cell => ({
        name: nameOf(lever, way.row, noise),
        trials: Math.ceil(trials / 2),
        trial: (random) => excessNeeded(way, noise, random),
      })),
    ),
  );
  return {
    name: 'levers',
    title: 'Levers: B/request above the margin found with 80 % probability in one look',
    cells,
    reports: (results) => LEVERS.map((lever) => reportOf(lever, results)),
  };
}

function reportOf(lever: Lever, results: Results): Report {
  return {
    header: [lever.title, ...lever.noises],
    rows: lever.ways.map(({ row }) => [
      row,
      ...lever.noises.map((noise) => figure(quantile(results(nameOf(lever, row, noise))['needed'] ?? [], 0.8))),
    ]),
    checks: [],
  };
}
