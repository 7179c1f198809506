import type { PresetName } from '../../../src/schema/presets.js';
import { leak } from '../generator/growth.js';
import type { Service } from '../generator/pair.js';
import type { Cell, Report, Results, Scale, Section } from '../harness/cell.js';
import { bounded, count, figure, percent, quantile, rateAtMost, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { allowed } from './false-alarms.js';
import { STACKS } from './services.js';

const LEAKS = [0, 64, 128] as const;
const PRESETS_TRIED: readonly PresetName[] = ['gate', 'standard'];

const nameOf = (preset: PresetName, row: string, bytes: number): string => `stack ${preset}: ${row} ${bytes}`;

/** The first service of the stack leaks. */
const withLeak = (services: readonly Service[], bytes: number): Service[] =>
  services.map((service, i) => (i === 0 && bytes > 0 ? { ...service, growth: leak(bytes) } : service));

/**
 * Eight services that are judged together: Holm for FAIL, every service for PASS. In some stacks the host's stalls
 * affect all of them at once.
 */
export function stacks({ trials }: Scale): Section {
  const cells = PRESETS_TRIED.flatMap((preset) =>
    Object.entries(STACKS).flatMap(([row, { services, stallsPerMinute }]) =>
      LEAKS.map((bytes): Cell => {
        const leaky = withLeak(services, bytes);
        const design = presetDesign(preset);
        return {
          name: nameOf(preset, row, bytes),
          trials: Math.ceil(trials / (bytes === 0 ? 2 : 16)),
          trial: (random) => runGate(leaky, design, MARGIN, random, stallsPerMinute),
        };
      }),
    ),
  );
  return {
    name: 'stacks',
    title: `Stacks of eight services, margin ${MARGIN} B/request`,
    cells,
    reports: (results) => PRESETS_TRIED.map((preset) => reportOf(preset, results)),
  };
}

function reportOf(preset: PresetName, results: Results): Report {
  const none = Object.keys(STACKS).map((row) => results(nameOf(preset, row, 0)));
  const hits = none.reduce((sum, of) => sum + count(of['fail']), 0);
  const trials = none.reduce((sum, of) => sum + (of['fail']?.length ?? 0), 0);
  return {
    header: [
      `${preset}: stack`,
      'no leak: FAIL % (95 % bound)',
      'PASS %',
      'median min',
      ...LEAKS.slice(1).map((bytes) => `one leaks ${bytes}: FAIL %`),
    ],
    rows: Object.keys(STACKS).map((row, i) => [
      row,
      bounded(none[i]?.['fail']),
      percent(share(none[i]?.['pass'])),
      figure(quantile(none[i]?.['minutes'] ?? [], 0.5)),
      ...LEAKS.slice(1).map((bytes) => percent(share(results(nameOf(preset, row, bytes))['fail']))),
    ]),
    checks: [
      {
        claim: `stacks of eight: false FAIL ≤ 0.5 % (${preset})`,
        ok: none.every((of) => share(of['fail']) <= allowed(of['fail']?.length ?? 0)),
        found: `${hits} of ${trials}, at most ${percent(rateAtMost(hits, trials))} %`,
      },
      {
        claim:
          `stacks of eight: a leak of 128 B/request in one is found in ≥ ` +
          `${preset === 'gate' ? 80 : 90} % (${preset})`,
        ok: Object.keys(STACKS).every(
          (row) => share(results(nameOf(preset, row, 128))['fail']) >= (preset === 'gate' ? 0.8 : 0.9),
        ),
        found: Object.keys(STACKS)
          .map((row) => `${percent(share(results(nameOf(preset, row, 128))['fail']))} %`)
          .join(', '),
      },
    ],
  };
}
