import type { PresetName } from '../../../src/schema/presets.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import type { Cell, Check, Report, Results, Scale, Section } from '../harness/cell.js';
import { figure, percent, quantile, rateAtLeast, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { leaking } from './services.js';

const LEAKS = [4, 8, 16, 32, 48, 64, 128, 256] as const;
const NOISES: readonly NoiseName[] = ['flat', 'staircase', 'plain', 'lua', 'apache', 'saw', 'runtime', 'sawslow'];
const PRESETS_TRIED: readonly PresetName[] = ['quick', 'gate', 'standard', 'soak'];

const nameOf = (preset: PresetName, noise: NoiseName, bytes: number): string => `power ${preset}: ${noise} ${bytes}`;

/** How leaks of every size end, by preset and noise. */
export function power({ trials }: Scale): Section {
  const cells = PRESETS_TRIED.flatMap((preset) => {
    const design = presetDesign(preset);
    const share = preset === 'soak' ? 1 / 20 : 1 / 10;
    return NOISES.flatMap((noise) =>
      LEAKS.map((bytes): Cell => ({
        name: nameOf(preset, noise, bytes),
        trials: Math.ceil(trials * share),
        trial: (random) => runGate([leaking(noise, bytes)], design, MARGIN, random),
      })),
    );
  });
  return {
    name: 'power',
    title: `Leaks, margin ${MARGIN} B/request: FAIL % / PASS % (median minutes)`,
    cells,
    reports: (results) => PRESETS_TRIED.map((preset) => reportOf(preset, results)),
  };
}

function reportOf(preset: PresetName, results: Results): Report {
  const cell = (noise: NoiseName, bytes: number): string => {
    const of = results(nameOf(preset, noise, bytes));
    return (
      `${percent(share(of['fail']))} / ${percent(share(of['pass']))} ` +
      `(${figure(quantile(of['minutes'] ?? [], 0.5))})`
    );
  };
  return {
    header: [`${preset}: B/request`, ...LEAKS.map(String)],
    rows: NOISES.map((noise) => [noise, ...LEAKS.map((bytes) => cell(noise, bytes))]),
    checks: [...wrongly(preset, results), ...found(preset, results)],
  };
}

const rate = (results: Results, preset: PresetName, noise: NoiseName, bytes: number, of: 'fail' | 'pass'): number =>
  share(results(nameOf(preset, noise, bytes))[of]);

const trialsOf = (results: Results, preset: PresetName): number =>
  results(nameOf(preset, 'plain', MARGIN))['fail']?.length ?? 0;

/**
 * Neither error at the margin is above its alpha, and twice the margin does not pass. A row breaks a bound if its
 * trials prove more.
 */
function wrongly(preset: PresetName, results: Results): Check[] {
  const worst = (bytes: number, of: 'fail' | 'pass') =>
    NOISES.map((noise) => ({ noise, value: rate(results, preset, noise, bytes, of) })).sort(
      (a, b) => b.value - a.value,
    )[0] ?? { noise: 'none', value: 0 };
  const check = (claim: string, bytes: number, of: 'fail' | 'pass', bound: number): Check => {
    const { noise, value } = worst(bytes, of);
    return {
      claim: `${claim} (${preset})`,
      ok: rateAtLeast(Math.round(value * trialsOf(results, preset)), trialsOf(results, preset)) <= bound,
      found: `worst ${percent(value)} % (${noise})`,
    };
  };
  return [
    check('a leak of exactly the margin: wrong FAIL ≤ 1 %', MARGIN, 'fail', 0.01),
    check('a leak of exactly the margin: wrong PASS ≤ 5 %', MARGIN, 'pass', 0.05),
    check('a leak of twice the margin: PASS ≤ 5 %', 2 * MARGIN, 'pass', 0.05),
    check('a leak of eight margins: PASS ≤ 3 %', 8 * MARGIN, 'pass', 0.03),
  ];
}

/** The leaks that each preset promises to find. */
const PROMISES: readonly (readonly [PresetName, NoiseName, number, number])[] = [
  ['quick', 'plain', 256, 0.8],
  ['gate', 'plain', 64, 0.95],
  ['gate', 'lua', 128, 0.95],
  ['standard', 'plain', 64, 0.99],
  ['standard', 'lua', 64, 0.95],
  ['standard', 'runtime', 256, 0.5],
  ['soak', 'plain', 48, 0.8],
  ['soak', 'saw', 64, 0.8],
];

function found(preset: PresetName, results: Results): Check[] {
  return PROMISES.filter(([of]) => of === preset).map(([, noise, bytes, least]) => {
    const power = rate(results, preset, noise, bytes, 'fail');
    return {
      claim: `${preset} finds ${bytes} B/request on ${noise} in ≥ ${percent(least)} %`,
      ok: power >= least,
      found: `${percent(power)} %`,
    };
  });
}
