import { both, leak, scattered } from '../generator/growth.js';
import type { Service } from '../generator/pair.js';
import type { Cell, Check, Report, Results, Scale, Section } from '../harness/cell.js';
import { count, figure, percent, quantile, rateAtLeast, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import type { Disturbance } from '../procedure/repeats.js';
import { alike } from './services.js';

const DESIGN = presetDesign('gate');
interface Cause extends Omit<Disturbance, 'repeated'> {
  /** Memory alone decides whether both arms are late. Then the rule chooses among results. */
  readonly memoryDecides?: boolean;
}

const LATE = 0.1;
const busyIn = (busyShare: number): Cause => ({
  busyShare,
  stallsPerMinute: 4,
  late: (busy) => (busy ? [LATE, LATE] : [0, 0]),
});
const lateBy = (late: Cause['late'], memoryDecides: boolean = false): Cause => ({
  busyShare: 0,
  stallsPerMinute: 0,
  late,
  memoryDecides,
});
const bothLate = (late: boolean): readonly [number, number] => (late ? [LATE, LATE] : [0, 0]);

/** Why pairs run late: only because of the host, or because of memory too. */
const CAUSES: Readonly<Record<string, Cause>> = {
  'host busy in a third of the pairs': busyIn(1 / 3),
  'host busy in two thirds': busyIn(2 / 3),
  'candidate alone late above the margin': lateBy((_, growth) => [0, growth > MARGIN ? LATE : 0]),
  'both late, 40 % above the margin, 20 % below': lateBy((_, growth, random) =>
    bothLate(random.chance(growth > MARGIN ? 0.4 : 0.2)),
  ),
  'both late, always above the margin': lateBy((_, growth) => bothLate(growth > MARGIN), true),
  'both late, always below the margin': lateBy((_, growth) => bothLate(growth < MARGIN), true),
};

interface Truth {
  readonly service: Service;
  /** Bounds; none if memory alone decides what is late and the truth is at the margin. */
  readonly fail?: number;
  readonly pass?: number;
}

const TRUTHS: Readonly<Record<string, Truth>> = {
  'no leak': { service: alike('plain'), fail: 0.005 },
  'leak of the margin, each pair ± 10': {
    service: alike('plain', both(leak(MARGIN), scattered(10))),
    fail: 0.01,
    pass: 0.05,
  },
  'leak 64': { service: alike('plain', leak(64)), pass: 0.05 },
};

const nameOf = (cause: string, truth: string, repeated: boolean): string => `repeats ${cause}: ${truth} ${repeated}`;

/** Pairs that run late on both arms are set aside and repeated: false FAIL and false PASS of this rule (`gate`). */
export function repeats({ trials }: Scale): Section {
  const cells = Object.entries(CAUSES).flatMap(([cause, disturbance]) =>
    Object.entries(TRUTHS).flatMap(([truth, { service }]) =>
      [false, true].map((repeated): Cell => ({
        name: nameOf(cause, truth, repeated),
        trials: Math.ceil(trials / 4),
        trial: (random) => runGate([service], DESIGN, MARGIN, random, 0, { ...disturbance, repeated }),
      })),
    ),
  );
  return {
    name: 'repeats',
    title: 'Late pairs are repeated, by a rule that looks at the schedule alone (`gate`)',
    cells,
    reports: (results) => [reportOf(results)],
  };
}

const ROWS = Object.keys(CAUSES).flatMap((cause) => Object.keys(TRUTHS).map((truth) => ({ cause, truth })));

function reportOf(results: Results): Report {
  return {
    header: ['pairs late', 'truth', 'no repeats: FAIL %', 'PASS %', 'min', 'with the rule: FAIL %', 'PASS %', 'min'],
    rows: ROWS.map(({ cause, truth }) => [
      cause,
      truth,
      ...[false, true].flatMap((repeated) => {
        const of = results(nameOf(cause, truth, repeated));
        return [percent(share(of['fail'])), percent(share(of['pass'])), figure(quantile(of['minutes'] ?? [], 0.5))];
      }),
    ]),
    notes: ['Minutes are those of the pairs that count; repeated pairs come on top.'],
    checks: (['fail', 'pass'] as const).map((outcome) => checkOf(outcome, results)),
  };
}

function checkOf(outcome: 'fail' | 'pass', results: Results): Check {
  const found = ROWS.flatMap(({ cause, truth }) => {
    const bounds = TRUTHS[truth] as Truth;
    const atMargin = bounds.fail !== undefined && bounds.pass !== undefined;
    const most = bounds[outcome];
    if (CAUSES[cause]?.memoryDecides === true && atMargin) return [];
    const values = results(nameOf(cause, truth, true))[outcome];
    return most === undefined || values === undefined ? [] : [{ cause, truth, most, values }];
  });
  const broken = found.filter(({ most, values }) => rateAtLeast(count(values), values.length) > most);
  const worst = [...found].sort((a, b) => share(b.values) / b.most - share(a.values) / a.most).slice(0, 1);
  return {
    claim: `late pairs repeated: false ${outcome.toUpperCase()} within its bound in each of ${found.length} rows`,
    ok: broken.length === 0,
    found: (broken.length > 0 ? broken : worst)
      .map(({ cause, truth, values }) => `${percent(share(values))} % (${truth}, ${cause})`)
      .join('; '),
  };
}
