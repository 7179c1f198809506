import type { Scenario } from '../model/index.js';
import { PRESET_NAMES, type PresetName } from '../schema/index.js';
import type { Noise } from './noise.js';
import { withPreset } from './plan-scenario.js';
import { growth } from './render.js';
import { sensitivityOf } from './sensitivity.js';
import { duration } from './words.js';

/** Whether a design can decide at its margin, and how long it takes. */
export interface Feasibility {
  readonly margin: number;
  /** The smallest margin at which two equal versions pass with a probability of 80 %; infinite if none can pass. */
  readonly passesFrom: number;
  readonly feasible: boolean;
  /** When each look is reached, in seconds from the start. */
  readonly looks: readonly number[];
  /** Additional seconds for the pair that confirms a FAIL. */
  readonly confirmationSeconds: number;
  /** The shortest preset that can decide at this margin; null if there is none, or if none is needed. */
  readonly instead: { readonly preset: PresetName; readonly passesFrom: number; readonly seconds: number } | null;
}

/** What can be said about a run before it begins. */
export function feasibilityOf(scenario: Scenario, noise: Noise): Feasibility {
  const rows = sensitivityOf(scenario, noise);
  const last = rows.at(-1);
  const margin = scenario.gate.marginBytesPerRequest;
  const passesFrom = last?.passable ?? Infinity;
  const feasible = passesFrom <= margin;
  return {
    margin,
    passesFrom,
    feasible,
    looks: rows.map(({ seconds }) => seconds),
    confirmationSeconds: last?.confirmationSeconds ?? 0,
    instead: feasible ? null : presetFor(scenario, noise, margin),
  };
}

function presetFor(scenario: Scenario, noise: Noise, margin: number): Feasibility['instead'] {
  for (const preset of PRESET_NAMES) {
    const last = sensitivityOf(withPreset(scenario, preset), noise).at(-1);
    if (last !== undefined && last.passable <= margin)
      return { preset, passesFrom: last.passable, seconds: last.seconds };
  }
  return null;
}

/** Why the run will mostly not decide, and what would; null if it can decide. */
export function infeasibleWords({ feasible, margin, passesFrom, instead }: Feasibility): {
  readonly message: string;
  readonly hint: string;
} | null {
  if (feasible) return null;
  return {
    message: Number.isFinite(passesFrom)
      ? `with a margin of ${growth(margin)}/request even two equal versions mostly end INCONCLUSIVE: ` +
        `this test can pass a margin of ${growth(passesFrom)}/request or more`
      : 'this test sends the same requests again and again: it ends in FAIL or INCONCLUSIVE, and never in PASS',
    hint:
      instead === null
        ? 'no preset can decide with this margin; use a larger margin, or raise traffic.rate (see "slopegate plan")'
        : `the preset ${instead.preset} (up to ${duration(instead.seconds)}) can pass a margin of ` +
          `${growth(instead.passesFrom)}/request or more` +
          (Number.isFinite(passesFrom) ? '; or use a larger margin' : ''),
  };
}

/** How long it takes: `decides after 10, 17 or 27 min; a FAIL takes 7 min more`. */
export function timesWords({ looks, confirmationSeconds }: Feasibility): string {
  const times = looks.map(duration);
  const decides = times.length === 1 ? (times[0] ?? '') : `${times.slice(0, -1).join(', ')} or ${times.at(-1)}`;
  const more = confirmationSeconds === 0 ? '' : `; confirming a FAIL takes ${duration(confirmationSeconds)} more`;
  return `decides after ${decides}${more}`;
}

/** When the longest possible run would end if it starts at `now`: `22:40`, or with the date if that is another day. */
export function latestEnd({ looks, confirmationSeconds }: Feasibility, now: Date): string {
  const end = new Date(now.getTime() + 1000 * ((looks.at(-1) ?? 0) + confirmationSeconds));
  const time = end.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return end.toDateString() === now.toDateString() ? time : `${time} on ${end.toLocaleDateString('en-CA')}`;
}
