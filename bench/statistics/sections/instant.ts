import type { Cell, Report, Results, Scale, Section } from '../harness/cell.js';
import { bounded, count, figure, percent, quantile, rateAtMost, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { allowed, FALSE_FAIL_BOUND } from './false-alarms.js';
import { HARMLESS, leaking } from './services.js';

const LEAKS = [64, 128, 256, 1024, 8192] as const;
/** Its cycles are longer than all windows of the preset together, so nothing but the live heap can tell. */
const BEYOND = 'nginx-like → slow sawtooth';

const quiet = (row: string): string => `instant A/A: ${row}`;
const leaky = (bytes: number): string => `instant leak: ${bytes}`;

/**
 * The bounds and guards of the preset `instant` alone. A real run then also needs the live heap for a FAIL, which can
 * only take FAILs away.
 */
export function instant({ trials }: Scale): Section {
  const design = presetDesign('instant');
  const cells: Cell[] = [
    ...Object.entries(HARMLESS).map(([row, service]) => ({
      name: quiet(row),
      trials,
      trial: (random: Parameters<Cell['trial']>[0]) => runGate([service], design, MARGIN, random),
    })),
    ...LEAKS.map((bytes) => ({
      name: leaky(bytes),
      trials: Math.ceil(trials / 4),
      trial: (random: Parameters<Cell['trial']>[0]) => runGate([leaking('plain', bytes)], design, MARGIN, random),
    })),
  ];
  return {
    name: 'instant',
    title: `The preset instant without its live heap, margin ${MARGIN} B/request`,
    cells,
    reports: (results) => [alarms(results), power(results)],
  };
}

function alarms(results: Results): Report {
  const rows = Object.keys(HARMLESS).map((row) => ({ row, fails: results(quiet(row))['fail'] }));
  const bounds = rows.filter(({ row }) => row !== BEYOND);
  const hits = bounds.reduce((sum, { fails }) => sum + count(fails), 0);
  const trials = bounds.reduce((sum, { fails }) => sum + (fails?.length ?? 0), 0);
  const worst = Math.max(...bounds.map(({ fails }) => share(fails)));
  return {
    header: ['no leak: noise', 'FAIL % (95 % bound)'],
    rows: rows.map(({ row, fails }) => [row, bounded(fails)]),
    notes: [`${BEYOND}: a bound needs the live heap`],
    checks: [
      {
        claim: 'false FAIL over all noises but one, 95 % upper bound ≤ 0.5 % (instant)',
        ok: rateAtMost(hits, trials) <= allowed(trials, FALSE_FAIL_BOUND),
        found: `${hits} of ${trials}, at most ${percent(rateAtMost(hits, trials))} %; worst row ${percent(worst)} %`,
      },
    ],
  };
}

function power(results: Results): Report {
  const found = (bytes: number): number => share(results(leaky(bytes))['fail']);
  return {
    header: ['nginx-like, leak', 'FAIL %', 'median min'],
    rows: LEAKS.map((bytes) => [
      String(bytes),
      percent(found(bytes)),
      figure(quantile(results(leaky(bytes))['minutes'] ?? [], 0.5)),
    ]),
    checks: [
      {
        claim: 'a leak of 1 KiB fails in ≥ 99 % (instant)',
        ok: found(1024) >= 0.99,
        found: `${percent(found(1024))} %`,
      },
    ],
  };
}
