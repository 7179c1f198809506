import { planExperiment } from '../../../src/experiment/plan.js';
import type { GateSettings } from '../../../src/model/index.js';
import { PRESET_EXTRAS, PRESETS, type PresetName } from '../../../src/schema/presets.js';
import {
  ALPHA_FAIL,
  ALPHA_GUARD,
  ALPHA_PASS,
  DEFAULT_MARGIN,
  FAMILY_FACTOR,
  LOOK_WEIGHTS,
} from '../../../src/statistics/method.js';
import type { Look } from '../../../src/procedure/alpha-spending.js';
import type { Alphas } from '../../../src/procedure/judge-family.js';
import { RECORDED_RATE } from '../generator/noise.js';
import type { Timing } from '../generator/pair.js';

export type Confirm = GateSettings['confirm'];

/** How a comparison is run: which evidence decides, and when. */
export interface Design {
  readonly name: string;
  readonly looks: readonly Look[];
  readonly timing: Timing;
  /** Minutes of one replicate, and of the confirming pair, including bring-up and idle time. */
  readonly minutes: { readonly replicate: number; readonly confirmation: number };
  readonly confirm: Confirm;
  /** `gate.prior: steps`: see `leastSpread`. */
  readonly stepsKnown: boolean;
  /** Seconds of the confirming window. */
  readonly confirmation: number;
}

/** The defaults of the scenario schema. The alpha of a family is five times that of one service. */
export const ALPHAS: Alphas = {
  fail: ALPHA_FAIL,
  family: FAMILY_FACTOR * ALPHA_FAIL,
  pass: ALPHA_PASS,
  guard: ALPHA_GUARD,
};
/** The default margin, bytes per request. */
export const MARGIN = DEFAULT_MARGIN;
/** Three quarters of a 64 KiB allocator step. */
export { ALLOCATOR_QUANTUM_BYTES as QUANTUM } from '../../../src/statistics/method.js';

/** The bench has no live heap. What the bounds alone say is worse than what the live heap then lets through. */
const withoutLens = (confirm: Confirm): Confirm => (confirm === 'live-heap' ? 'never' : confirm);

/** A released preset at the recorded rate, with looks and confirmation. */
export function presetDesign(
  name: PresetName,
  confirm: Confirm = withoutLens(PRESET_EXTRAS[name].confirm),
  rate: number = RECORDED_RATE,
): Design {
  const settings = PRESETS[name];
  const plan = planExperiment({ ...settings, order: 'concurrent' }, rate);
  const round = plan.rounds[0];
  const confirming = plan.confirmation[0];
  if (round === undefined || confirming === undefined) throw new RangeError(`preset ${name} plans nothing`);
  return {
    name,
    looks: settings.looks.map((replicates, i) => ({
      replicates,
      weight: LOOK_WEIGHTS[settings.looks.length]?.[i] as number,
    })),
    timing: {
      rate,
      warmup: Math.round(round.requests.warmup / rate),
      window: Math.round(round.requests.window / rate),
    },
    minutes: { replicate: round.seconds / 60, confirmation: confirming.seconds / 60 },
    confirm,
    stepsKnown: true,
    confirmation: confirming.requests.window / rate,
  };
}

/** Seconds of a replicate in addition to warm-up and window: bring-up, removal, idle. */
export const OVERHEAD_SECONDS = 18;

/** One look at this many replicates, as recorded series are judged: all of alpha at once, without confirmation. */
export function singleLook(replicates: number, timing: Timing): Design {
  return {
    name: `R${replicates} W${timing.window}`,
    looks: [{ replicates, weight: 1 }],
    timing,
    minutes: { replicate: (OVERHEAD_SECONDS + timing.warmup + timing.window) / 60, confirmation: 0 },
    confirm: 'never',
    stepsKnown: false,
    confirmation: 0,
  };
}
