import type { Cell, Check, Columns, Report, Results, Scale, Section } from '../harness/cell.js';
import { bounded, count, figure, percent, quantile, rateAtMost, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import type { PresetName } from '../../../src/scenario/presets.js';
import { HARMLESS } from './services.js';

/** No more than this share of comparisons without a leak may end in FAIL. */
export const FALSE_FAIL_BOUND = 0.005;
const PRESETS_TRIED: readonly PresetName[] = ['quick', 'gate', 'standard'];

const nameOf = (preset: PresetName, row: string): string => `A/A ${preset}: ${row}`;

/** Comparisons without a leak, on every noise and under three presets. */
export function falseAlarms({ trials }: Scale): Section {
  const cells = PRESETS_TRIED.flatMap((preset) => {
    const design = presetDesign(preset);
    return Object.entries(HARMLESS).map(([row, service]): Cell => ({ name: nameOf(preset, row), trials, trial: (random) => runGate([service], design, MARGIN, random) }));
  });
  return { name: 'false-alarms', title: `No leak, margin ${MARGIN} B/request: false FAIL`, cells, reports: (results) => PRESETS_TRIED.map((preset) => reportOf(preset, results)) };
}

function reportOf(preset: PresetName, results: Results): Report {
  const found = Object.keys(HARMLESS).map((row): [string, Columns] => [row, results(nameOf(preset, row))]);
  return {
    header: [`${preset}: noise`, 'FAIL % (95 % bound)', 'before confirmation', 'PASS %', 'inconclusive %', 'median min'],
    rows: found.map(([row, of]) => [row, bounded(of['fail']), percent(share(of['failUnconfirmed'])), percent(share(of['pass'])), percent(share(of['inconclusive'])), figure(quantile(of['minutes'] ?? [], 0.5))]),
    checks: checksOf(preset, found),
  };
}

function checksOf(preset: PresetName, found: readonly (readonly [string, Columns])[]): Check[] {
  const rates = found.map(([row, of]) => ({ row, rate: share(of['fail']) })).sort((a, b) => b.rate - a.rate);
  const worst = rates[0] ?? { row: 'none', rate: 0 };
  const hits = found.reduce((sum, [, of]) => sum + count(of['fail']), 0);
  const trials = found.reduce((sum, [, of]) => sum + (of['fail']?.length ?? 0), 0);
  return [
    { claim: `false FAIL on every noise ≤ 0.5 % (${preset})`, ok: worst.rate <= FALSE_FAIL_BOUND, found: `worst ${percent(worst.rate)} % (${worst.row})` },
    { claim: `false FAIL over all noises, 95 % upper bound ≤ 0.5 % (${preset})`, ok: rateAtMost(hits, trials) <= FALSE_FAIL_BOUND, found: `${hits} of ${trials}, at most ${percent(rateAtMost(hits, trials))} %` },
  ];
}
