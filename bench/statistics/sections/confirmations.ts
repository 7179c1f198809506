import { confirms } from '../../../src/guards/confirmation.js';
import { differenceCurve } from '../../../src/statistics/estimators/difference-curve.js';
import { gatherEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { rulesAt } from '../../../src/procedure/judge-family.js';
import { judgeLook } from '../../../src/procedure/judge-look.js';
import { olsSlope } from '../../../src/statistics/estimators/ols.js';
import { segmentSlopes } from '../../../src/statistics/estimators/segment-slopes.js';
import { both, fill, leak } from '../generator/growth.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { drawPair, type Service, type Timing } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, share } from '../harness/summary.js';
import { ALPHAS, MARGIN, QUANTUM } from '../procedure/design.js';
import { alike, leaking, mismatched } from './services.js';

const WINDOWS = [120, 300] as const;
const REPLICATES = 5;
/** Length of the confirming window, in windows. */
const LENGTHS = [3, 7.5] as const;
const ROWS: Readonly<Record<string, Service>> = {
  'leak 64, nginx-like': leaking('plain', 64),
  'leak 128, lua': leaking('lua', 128),
  'leak 256, sawtooth': leaking('saw', 256),
  'leak 256, runtime GC': leaking('runtime', 256),
  'fill 25 MB, tau 100 s': alike('plain', fill(25e6, 100)),
  'fill 2 MB, tau 100 s': alike('plain', fill(2e6, 100)),
  'fill 25 MB, tau 300 s': alike('plain', fill(25e6, 300)),
  'fill 25 MB, tau 1000 s': alike('plain', fill(25e6, 1000)),
  'fill tau 300 s + leak 256': alike('plain', both(fill(25e6, 300), leak(256))),
  'nginx-like → slow sawtooth': mismatched('plain', 'sawslow'),
};

const nameOf = (window: number, row: string): string => `confirmation ${window}: ${row}`;

/** A FAIL at one look, and which rules for the longer pair confirm it. */
function confirm(service: Service, window: number, random: Random): Observation {
  const timing: Timing = { rate: RECORDED_RATE, warmup: 60, window };
  const pairs = Array.from({ length: REPLICATES }, () => drawPair(service, timing, random));
  const { decision, steadyGrowth } = judgeLook(gatherEvidence(pairs, QUANTUM), rulesAt(ALPHAS, 1, MARGIN));
  const failed = decision === 'fail';
  const flag = (value: boolean): number => (failed && value ? 1 : 0);
  return {
    fail: flag(true),
    ...Object.fromEntries(
      LENGTHS.flatMap((length) => {
        const { baseline, candidate } = drawPair(service, { ...timing, window: length * window }, random);
        if (baseline === null || candidate === null) return [];
        const whole = confirms(
          olsSlope(candidate.x, candidate.y) - olsSlope(baseline.x, baseline.y),
          steadyGrowth,
          MARGIN,
        );
        const [, half = Number.NaN] = segmentSlopes(differenceCurve(baseline, candidate), 2);
        return [
          [`whole${length}`, flag(whole)],
          [`half${length}`, flag(whole && confirms(half, steadyGrowth, MARGIN))],
        ];
      }),
    ),
  };
}

/** Rules for the confirming pair: only the whole window, and the rule in use, which also needs the second half. */
export function confirmations({ trials }: Scale): Section {
  const cells = WINDOWS.flatMap((window) =>
    Object.entries(ROWS).map(([row, service]): Cell => ({
      name: nameOf(window, row),
      trials: Math.ceil(trials / 8),
      trial: (random) => confirm(service, window, random),
    })),
  );
  return {
    name: 'confirmations',
    title: `Which FAILs of one look (R${REPLICATES}) a confirming pair bears out, %`,
    cells,
    reports: (results) => WINDOWS.map((window) => reportOf(window, results)),
  };
}

function reportOf(window: number, results: Results): Report {
  const keys = ['fail', ...LENGTHS.flatMap((length) => [`whole${length}`, `half${length}`])];
  return {
    header: [
      `window ${window} s`,
      'FAIL at the look',
      ...LENGTHS.flatMap((length) => [`confirmed, ${length * window} s`, 'and its second half']),
    ],
    rows: Object.keys(ROWS).map((row) => [
      row,
      ...keys.map((key) => percent(share(results(nameOf(window, row))[key]))),
    ]),
    checks: [],
  };
}
