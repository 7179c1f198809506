import type { Cell, Check, Columns, Report, Results, Scale, Section } from '../harness/cell.js';
import { bounded, count, figure, percent, quantile, rateAtMost, share } from '../harness/summary.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { MARGIN, presetDesign, singleLook, type Design } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { HARMLESS } from './services.js';

/** No more than this share of comparisons without a leak may end in FAIL. */
export const FALSE_FAIL_BOUND = 0.005;
/** The bound for a row with this many trials. In a short run, two prove nothing. */
export const allowed = (trials: number, bound: number = FALSE_FAIL_BOUND): number => Math.max(bound, 2 / trials);

const RECORDED = { warmup: 60, rate: RECORDED_RATE };
/** Presets with looks and confirmation. Recorded series have one look and no confirmation. */
const DESIGNS: readonly Design[] = [
  ...(['quick', 'gate', 'standard'] as const).map((name) => presetDesign(name)),
  ...[
    { replicates: 5, window: 120 },
    { replicates: 2, window: 300 },
    { replicates: 3, window: 300 },
  ].map(({ replicates, window }) => singleLook(replicates, { ...RECORDED, window })),
];

const nameOf = (design: Design, row: string): string => `A/A ${design.name}: ${row}`;

/** Comparisons without a leak, with every noise, under three presets and as recorded series. */
export function falseAlarms({ trials }: Scale): Section {
  const cells = DESIGNS.flatMap((design) =>
    Object.entries(HARMLESS).map(([row, service]): Cell => ({
      name: nameOf(design, row),
      trials,
      trial: (random) => runGate([service], design, MARGIN, random),
    })),
  );
  return {
    name: 'false-alarms',
    title: `No leak, margin ${MARGIN} B/request: false FAIL`,
    cells,
    reports: (results) => DESIGNS.map((design) => reportOf(design, results)),
  };
}

const titleOf = ({ name, confirm }: Design): string => (confirm === 'never' ? `recorded ${name}` : name);

function reportOf(design: Design, results: Results): Report {
  const found = Object.keys(HARMLESS).map((row): [string, Columns] => [row, results(nameOf(design, row))]);
  return {
    header: [
      `${titleOf(design)}: noise`,
      'FAIL % (95 % bound)',
      'before confirmation',
      'PASS %',
      'inconclusive %',
      'median min',
    ],
    rows: found.map(([row, of]) => [
      row,
      bounded(of['fail']),
      percent(share(of['failUnconfirmed'])),
      percent(share(of['pass'])),
      percent(share(of['inconclusive'])),
      figure(quantile(of['minutes'] ?? [], 0.5)),
    ]),
    checks: checksOf(titleOf(design), found),
  };
}

function checksOf(preset: string, found: readonly (readonly [string, Columns])[]): Check[] {
  const rates = found.map(([row, of]) => ({ row, rate: share(of['fail']) })).sort((a, b) => b.rate - a.rate);
  const worst = rates[0] ?? { row: 'none', rate: 0 };
  const hits = found.reduce((sum, [, of]) => sum + count(of['fail']), 0);
  const trials = found.reduce((sum, [, of]) => sum + (of['fail']?.length ?? 0), 0);
  return [
    {
      claim: `false FAIL on every noise ≤ 0.5 % (${preset})`,
      ok: worst.rate <= allowed(found[0]?.[1]['fail']?.length ?? 0),
      found: `worst ${percent(worst.rate)} % (${worst.row})`,
    },
    {
      claim: `false FAIL over all noises, 95 % upper bound ≤ 0.5 % (${preset})`,
      ok: rateAtMost(hits, trials) <= FALSE_FAIL_BOUND,
      found: `${hits} of ${trials}, at most ${percent(rateAtMost(hits, trials))} %`,
    },
  ];
}
