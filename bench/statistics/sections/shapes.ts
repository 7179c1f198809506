import type { PresetName } from '../../../src/schema/presets.js';
import { both, fill, leak, onset, stepAnywhere, stepAt, type Growth } from '../generator/growth.js';
import type { Service } from '../generator/pair.js';
import type { Cell, Check, Columns, Report, Results, Scale, Section } from '../harness/cell.js';
import { bounded, figure, percent, quantile, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { allowed } from './false-alarms.js';
import { alike } from './services.js';

interface Shape {
  readonly growth: Growth;
  readonly shared?: Growth;
  /** `harmless`: FAIL is a false alarm. `leak`: PASS is wrong. `open`: shown and not judged. */
  readonly is: 'harmless' | 'leak' | 'open';
  /** In shorter windows (seconds) the row is open, because they cannot show it. */
  readonly fromWindow?: number;
}

const MB = 1e6;
const SHAPES: Readonly<Record<string, Shape>> = {
  'fill 25 MB, tau 30 s': { growth: fill(25 * MB, 30), is: 'harmless' },
  'fill 25 MB, tau 100 s': { growth: fill(25 * MB, 100), is: 'harmless' },
  'fill 25 MB, tau 300 s': { growth: fill(25 * MB, 300), is: 'harmless' },
  'fill 25 MB, tau 1000 s': { growth: fill(25 * MB, 1000), is: 'harmless', fromWindow: 900 },
  'small fill 2 MB, tau 100 s': { growth: fill(2 * MB, 100), is: 'harmless' },
  'both arms fill 25 MB, tau 100 s': { growth: () => () => 0, shared: fill(25 * MB, 100), is: 'harmless' },
  'fill tau 100 s + leak 256': { growth: both(fill(25 * MB, 100), leak(256)), is: 'leak' },
  'step 2–40 MB at a random second': { growth: stepAnywhere(2 * MB, 40 * MB), is: 'harmless' },
  'step 18 MB at 30 % of the window': { growth: stepAt(0.3, 18 * MB), is: 'harmless' },
  'step 18 MB at 30 % + leak 64': { growth: both(stepAt(0.3, 18 * MB), leak(64)), is: 'leak' },
  'leak 64 from 60 s into the window': { growth: onset(60, 64), is: 'leak' },
  'leak 256 from 60 s': { growth: onset(60, 256), is: 'leak' },
  'leak 64 from 240 s': { growth: onset(240, 64), is: 'leak', fromWindow: 900 },
  'leak 256 from 240 s': { growth: onset(240, 256), is: 'leak', fromWindow: 300 },
};
const PRESETS_TRIED: readonly PresetName[] = ['gate', 'standard', 'soak'];

const nameOf = (preset: PresetName, row: string): string => `shape ${preset}: ${row}`;

/** Fills, steps and late leaks with nginx-like noise. */
export function shapes({ trials }: Scale): Section {
  const cells = PRESETS_TRIED.flatMap((preset) => {
    const design = presetDesign(preset);
    return Object.entries(SHAPES).map(([row, { growth, shared }]): Cell => {
      const service: Service = { ...alike('plain', growth), ...(shared ? { shared } : {}) };
      return {
        name: nameOf(preset, row),
        trials: Math.ceil(trials / (preset === 'soak' ? 16 : 8)),
        trial: (random) => runGate([service], design, MARGIN, random),
      };
    });
  });
  return {
    name: 'shapes',
    title: `Fills, steps and onsets on nginx-like noise, margin ${MARGIN} B/request`,
    cells,
    reports: (results) => PRESETS_TRIED.map((preset) => reportOf(preset, results)),
  };
}

function reportOf(preset: PresetName, results: Results): Report {
  const found = Object.entries(SHAPES).map(([row, shape]) => ({ row, shape, of: results(nameOf(preset, row)) }));
  const cells = (of: Columns): string[] => [
    bounded(of['fail']),
    percent(share(of['failUnconfirmed'])),
    percent(share(of['pass'])),
    ...['settled', 'step', 'fill', 'late'].map((name) => percent(share(of[name]))),
  ];
  return {
    header: [
      preset,
      'FAIL % (95 % bound)',
      'before confirmation',
      'PASS %',
      'of it settled',
      'STEP',
      'FILL',
      'LATE',
      'median min',
    ],
    rows: found.map(({ row, of }) => [row, ...cells(of), figure(quantile(of['minutes'] ?? [], 0.5))]),
    checks: checksOf(preset, found),
  };
}

function checksOf(preset: PresetName, found: readonly { row: string; shape: Shape; of: Columns }[]): Check[] {
  const worst = (is: Shape['is'], outcome: 'fail' | 'pass') =>
    found
      .filter(({ shape }) => shape.is === is && (shape.fromWindow ?? 0) <= presetDesign(preset).timing.window)
      .map(({ row, of }) => ({ row, value: share(of[outcome]) }))
      .sort((a, b) => b.value - a.value)[0] ?? { row: 'none', value: 0 };
  const alarm = worst('harmless', 'fail');
  const miss = worst('leak', 'pass');
  return [
    {
      claim: `steps, and fills that the window can tell: false FAIL ≤ 1 % (${preset})`,
      ok: alarm.value <= allowed(found[0]?.of['fail']?.length ?? 0, 0.01),
      found: `worst ${percent(alarm.value)} % (${alarm.row})`,
    },
    {
      claim: `a leak beside a fill or a step, or with an onset in the window: PASS ≤ 5 % (${preset})`,
      ok: miss.value <= 0.05,
      found: `worst ${percent(miss.value)} % (${miss.row})`,
    },
  ];
}
