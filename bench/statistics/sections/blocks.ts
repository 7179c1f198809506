import type { PresetName } from '../../../src/schema/presets.js';
import { leakOfLabel } from '../generator/growth.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import type { Cell, Check, Columns, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, share } from '../harness/summary.js';
import { MARGIN, presetDesign } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';
import { labelledTraffic, type LabelledTraffic } from '../procedure/labels.js';
import { alike } from './services.js';

/**
 * Labels with one fifth of the requests each. The first one has the whole leak, so that its mean over all requests is
 * as stated.
 */
const MIX = [1, 1, 1, 1, 1];
/** Bytes per request of any label: below the margin, at it and above it. */
const LEAKS = [16, MARGIN, 64, 256] as const;
const NOISES: readonly NoiseName[] = ['flat', 'plain', 'lua'];
const PRESETS_TRIED: readonly PresetName[] = ['quick', 'gate', 'standard'];
/** The largest share of the outcomes that a varying mix may cost the gate. */
const MOST_LOST = 0.03;

type Traffic = 'even' | 'blocks';
const nameOf = (preset: PresetName, noise: NoiseName, leak: number, traffic: Traffic): string =>
  `blocks ${preset}: ${noise} ${leak} ${traffic}`;

/** The gate with a leak of one label, in a mix that never varies and in one that varies by design. */
export function blocks({ trials }: Scale): Section {
  const cells = PRESETS_TRIED.flatMap((preset) => {
    const design = presetDesign(preset);
    let labels: LabelledTraffic | null = null;
    return NOISES.flatMap((noise) =>
      LEAKS.flatMap((leak) =>
        (['even', 'blocks'] as const).map((traffic): Cell => ({
          name: nameOf(preset, noise, leak, traffic),
          trials: Math.ceil(trials / 4),
          trial: (random) => {
            labels ??= labelledTraffic(MIX, design.timing);
            return runGate(
              [alike(noise, leakOfLabel(leak * MIX.length, traffic === 'blocks' ? labels.sent : labels.sentEvenly))],
              design,
              MARGIN,
              random,
            );
          },
        })),
      ),
    );
  });
  return {
    name: 'blocks',
    title: `What a mix that varies does to the gate, margin ${MARGIN} B/request: one label of five leaks`,
    cells,
    reports: (results) => PRESETS_TRIED.map((preset) => reportOf(preset, results)),
  };
}

function reportOf(preset: PresetName, results: Results): Report {
  const rows = NOISES.flatMap((noise) =>
    LEAKS.map((leak) => ({
      noise,
      leak,
      even: results(nameOf(preset, noise, leak, 'even')),
      varied: results(nameOf(preset, noise, leak, 'blocks')),
    })),
  );
  return {
    header: [preset, 'leak', 'even: FAIL %', 'PASS %', 'blocks: FAIL %', 'PASS %', 'STEP', 'FILL', 'LATE'],
    rows: rows.map(({ noise, leak, even, varied }) => [
      noise,
      String(leak),
      ...['fail', 'pass'].map((name) => percent(share(even[name]))),
      ...['fail', 'pass', 'step', 'fill', 'late'].map((name) => percent(share(varied[name]))),
    ]),
    checks: checksOf(preset, rows),
  };
}

function checksOf(
  preset: PresetName,
  rows: readonly { leak: number; noise: NoiseName; even: Columns; varied: Columns }[],
): Check[] {
  const lost = rows
    .filter(({ leak }) => leak !== MARGIN)
    .map(({ leak, noise, even, varied }) => {
      const right = leak > MARGIN ? 'fail' : 'pass';
      const [before, after] = [share(even[right]), share(varied[right])];
      // A difference within the accuracy of the trials, three standard errors, is not a loss.
      const blur = 3 * Math.sqrt((before * (1 - before) + after * (1 - after)) / (even[right]?.length ?? 1));
      return { row: `${noise} ${leak}`, value: before - after, beyond: before - after - blur };
    })
    .sort((a, b) => b.beyond - a.beyond)[0] ?? { row: 'none', value: Number.NaN, beyond: Number.NaN };
  return [
    {
      claim:
        `a mix that varies costs the gate ≤ ${percent(MOST_LOST)} % of its right outcomes, ` +
        `beyond what trials blur (${preset})`,
      ok: lost.beyond <= MOST_LOST,
      found: `most ${percent(lost.value)} % (${lost.row})`,
    },
  ];
}
