import { gatherEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { measurePair } from '../../../src/statistics/estimators/pair-measure.js';
import { labelEvidence } from '../../../src/verdict/attribution/label-evidence.js';
import { leakOfLabel, none, type Growth } from '../generator/growth.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { drawPair, type Timing } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { count, figure, percent, quantile, rateAtLeast, share } from '../harness/summary.js';
import { MARGIN, QUANTUM } from '../procedure/design.js';
import { labelledTraffic, type LabelledTraffic } from '../procedure/labels.js';
import { alike } from './services.js';

/** Weights of the labels; the first one leaks. */
const MIXES = {
  'five alike': [1, 1, 1, 1, 1],
  '6 : 1 : 1 : 2': [6, 1, 1, 2],
  'nine alike': [1, 1, 1, 1, 1, 1, 1, 1, 1],
} as const;
const NOISES: readonly NoiseName[] = ['flat', 'plain', 'lua', 'apache', 'saw', 'wild'];
const WINDOWS = [60, 300] as const;
/** In shorter windows, labels are joined if there are more than six. */
const LONG = 300;
const REPLICATES = [3, 5] as const;
/** Leaks of the first label, bytes per request of it. */
const LEAKS = [0, 4096] as const;
const LEAST_COVERAGE = 0.94;
const MOST_FALSE_NAMES = 0.05;

interface Row {
  readonly mix: keyof typeof MIXES;
  readonly window: number;
  readonly noise: NoiseName;
  readonly leak: number;
}

const ROWS: readonly Row[] = (Object.keys(MIXES) as Row['mix'][]).flatMap((mix) =>
  WINDOWS.filter((window) => window >= LONG || MIXES[mix].length <= 6).flatMap((window) =>
    NOISES.flatMap((noise) => LEAKS.map((leak): Row => ({ mix, window, noise, leak }))),
  ),
);
const nameOf = ({ mix, window, noise, leak }: Row): string => `attribution: ${mix} ${window} ${noise} ${leak}`;
const flag = (value: boolean): number => (value ? 1 : 0);

/**
 * Whether the intervals of all labels contain the truth at once, which labels are named, and how wide the interval of
 * the first one is.
 */
function attributed(
  { noise, leak }: Row,
  growth: Growth,
  { blocks }: LabelledTraffic,
  timing: Timing,
  random: Random,
): Observation {
  const pairs = Array.from({ length: Math.max(...REPLICATES) }, () => drawPair(alike(noise, growth), timing, random));
  const replicates = pairs.map((pair, i) => ({
    replicate: i + 1,
    pair,
    measure: measurePair(pair),
    seconds: timing.window,
    stuckSeconds: { baseline: null, candidate: null },
    endsEarly: [],
    lone: [],
  }));
  return Object.fromEntries(
    REPLICATES.flatMap((count) => {
      const labels = labelEvidence(replicates.slice(0, count), gatherEvidence(pairs.slice(0, count), QUANTUM), blocks);
      const estimates = blocks.groups.map(
        (_, group) =>
          labels?.estimate('difference', [group]) ?? { value: Number.NaN, lower: Number.NaN, upper: Number.NaN },
      );
      const holds = estimates.every(
        ({ lower, upper }, group) => lower <= (group === 0 ? leak : 0) && upper >= (group === 0 ? leak : 0),
      );
      const named = estimates.map(({ lower }) => lower > MARGIN);
      return Object.entries({
        covered: flag(holds),
        found: flag(named[0] === true),
        falsely: flag(named.slice(leak > 0 ? 1 : 0).includes(true)),
        width: estimates[0] ? estimates[0].upper - estimates[0].value : Number.NaN,
      }).map(([name, value]) => [`${name}${count}`, value]);
    }),
  );
}

/** Growth by label: two versions with the same noise, one of which leaks on the first label. */
export function attribution({ trials }: Scale): Section {
  const cells = ROWS.map((row): Cell => {
    const timing = { rate: RECORDED_RATE, warmup: 60, window: row.window };
    let traffic: LabelledTraffic | null = null;
    return {
      name: nameOf(row),
      trials: Math.ceil(trials / 2),
      trial: (random) => {
        traffic ??= labelledTraffic(MIXES[row.mix], timing);
        return attributed(row, row.leak === 0 ? none : leakOfLabel(row.leak, traffic.sent), traffic, timing, random);
      },
    };
  });
  return {
    name: 'attribution',
    title: `Growth by label, ${LEAKS[1]} B per request of the first label or none; intervals of all labels together`,
    cells,
    reports: (results) => [reportOf(results)],
  };
}

function reportOf(results: Results): Report {
  const rows = ROWS.map((row) => ({ row, of: results(nameOf(row)) }));
  const missed = rows.flatMap(({ row, of }) =>
    REPLICATES.map((replicates) =>
      errorOf(
        `${nameOf(row)}, R${replicates}`,
        (of[`covered${replicates}`] ?? []).map((covered) => 1 - covered),
      ),
    ),
  );
  const misnamed = rows.flatMap(({ row, of }) =>
    REPLICATES.map((replicates) => errorOf(`${nameOf(row)}, R${replicates}`, of[`falsely${replicates}`] ?? [])),
  );
  const [least, most] = [worstOf(missed), worstOf(misnamed)];
  return {
    header: [
      'mix',
      'window',
      'noise',
      'leak',
      ...REPLICATES.flatMap((count) => [`R${count}: all hold %`, 'first named %', 'another named %', '± B']),
    ],
    rows: rows.map(({ row, of }) => [
      row.mix,
      `${row.window} s`,
      row.noise,
      String(row.leak),
      ...REPLICATES.flatMap((count) => [
        percent(share(of[`covered${count}`])),
        percent(share(of[`found${count}`])),
        percent(share(of[`falsely${count}`])),
        figure(quantile(of[`width${count}`] ?? [], 0.5)),
      ]),
    ]),
    checks: [
      {
        claim: `intervals by label: all of a mix hold in ≥ ${percent(LEAST_COVERAGE)} %`,
        ok: least.surely <= 1 - LEAST_COVERAGE,
        found: `least ${percent(1 - least.rate)} % (${least.row})`,
      },
      {
        claim: `a label that does not leak is named in ≤ ${percent(MOST_FALSE_NAMES)} %`,
        ok: most.surely <= MOST_FALSE_NAMES,
        found: `most ${percent(most.rate)} % (${most.row})`,
      },
    ],
  };
}

/** How often something went wrong, and how often it surely does (99.9 %): a limited number of trials proves no more. */
interface ErrorRate {
  readonly row: string;
  readonly rate: number;
  readonly surely: number;
}

const errorOf = (row: string, wrong: readonly number[]): ErrorRate => ({
  row,
  rate: share(wrong),
  surely: rateAtLeast(count(wrong), wrong.length),
});
const worstOf = (rates: readonly ErrorRate[]): ErrorRate =>
  [...rates].sort((a, b) => b.rate - a.rate)[0] ?? { row: 'none', rate: Number.NaN, surely: Number.NaN };
