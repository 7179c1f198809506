import { gatherEvidence, type GrowthEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { lowerBound, replicateMean, upperBound } from '../../../src/statistics/estimators/replicate-mean.js';
import { leastSpread } from '../../../src/statistics/estimators/variance-floor.js';
import { both, leak, type Growth } from '../generator/growth.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import { drawReplicate, type Service } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Check, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, rateAtLeast, share } from '../harness/summary.js';
import { ALPHAS, MARGIN, presetDesign, QUANTUM, type Design } from '../procedure/design.js';
import { alike, leaking } from './services.js';

/** Noise with the same mean growth in both arms, so that the true difference is exactly the margin. */
const NOISES: readonly NoiseName[] = ['flat', 'staircase', 'plain', 'lua', 'apache', 'saw', 'runtime', 'wild'];
const DESIGNS: readonly Design[] = (['quick', 'gate', 'standard'] as const).map((name) => presetDesign(name));

/** Up to two allocator steps of 64 KiB, up or down, anywhere in the candidate's window: the floor is made for this. */
const lumps: Growth = (random, warmup, window) => {
  const steps = Array.from({ length: Math.floor(random.uniform() * 3) }, () => ({
    at: random.between(warmup, warmup + window),
    bytes: random.chance(0.5) ? 65_536 : -65_536,
  }));
  return (second) => steps.reduce((sum, { at, bytes }) => sum + (second >= at ? bytes : 0), 0);
};

const SERVICES: Readonly<Record<string, Service>> = {
  ...Object.fromEntries(NOISES.map((noise) => [noise, leaking(noise, MARGIN)])),
  'steps of 64 KiB': alike('flat', both(leak(MARGIN), lumps)),
};

const nameOf = (design: Design, row: string): string => `margin ${design.name}: ${row}`;

/**
 * Bounds of every look for a leak of exactly the margin, without guards. Neither may pass it more often than the look's
 * alpha.
 */
export function margin({ trials }: Scale): Section {
  const cells = DESIGNS.flatMap((design) =>
    Object.entries(SERVICES).map(([row, service]): Cell => ({
      name: nameOf(design, row),
      trials,
      trial: (random) => boundsOf(service, design, random),
    })),
  );
  return {
    name: 'margin',
    title: `A leak of exactly the margin (${MARGIN} B/request): bounds that clear it`,
    cells,
    reports: (results) => DESIGNS.map((design) => reportOf(design, results)),
  };
}

function boundsOf(service: Service, { timing, looks, stepsKnown }: Design, random: Random): Observation {
  const pairs = Array.from(
    { length: looks.at(-1)?.replicates ?? 0 },
    () => drawReplicate(service, timing, random).pair,
  );
  return Object.fromEntries(
    looks.flatMap(({ replicates, weight }, index) => {
      const evidence: GrowthEvidence = gatherEvidence(pairs.slice(0, replicates), QUANTUM);
      const estimate = replicateMean(evidence.differences, leastSpread({ ...evidence.floor, stepsKnown }));
      return [
        [`fail${index}`, lowerBound(estimate, ALPHAS.fail * weight) > MARGIN ? 1 : 0],
        [`pass${index}`, upperBound(estimate, ALPHAS.pass * weight) < MARGIN ? 1 : 0],
      ];
    }),
  );
}

function reportOf(design: Design, results: Results): Report {
  const rows = Object.keys(SERVICES).map((row) => {
    const of = results(nameOf(design, row));
    return {
      row,
      errors: design.looks.flatMap((look, index) => [
        { of: of[`fail${index}`] ?? [], alpha: ALPHAS.fail * look.weight },
        { of: of[`pass${index}`] ?? [], alpha: ALPHAS.pass * look.weight },
      ]),
    };
  });
  const checks = rows.map(({ row, errors }): Check => {
    const broken = errors.filter(
      ({ of, alpha }) =>
        rateAtLeast(
          of.reduce((sum, one) => sum + one, 0),
          of.length,
        ) > alpha,
    );
    return {
      claim: `each bound of each look within its alpha, ${row} (${design.name})`,
      ok: broken.length === 0,
      found: errors.map(({ of }) => percent(share(of))).join(', '),
    };
  });
  return {
    header: [
      `${design.name}: noise`,
      ...design.looks.flatMap(({ replicates, weight }) => [
        `R${replicates} FAIL (${percent(ALPHAS.fail * weight)})`,
        `R${replicates} PASS (${percent(ALPHAS.pass * weight)})`,
      ]),
    ],
    rows: rows.map(({ row, errors }) => [row, ...errors.map(({ of }) => percent(share(of)))]),
    checks,
  };
}
