import { fileURLToPath } from 'node:url';
import { expectedOutcome, type Outcome, type Scenario } from '../model/index.js';
import type { Estimate, Result } from '../results/index.js';

/** What the self-test runs: a control that must fail and one that must pass. */
export const CONTROLS = ['leak.yaml', 'sound.yaml'].map((name) =>
  fileURLToPath(new URL(`../../scenarios/selftest/${name}`, import.meta.url)),
);

/** How far the measured growth may be from the injected one if the interval is narrower. */
const TOLERATED_SHARE = 0.05;

export interface ControlResult {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: 'pass' | 'fail';
  readonly outcome: Outcome;
  /** Bytes per request that the candidate keeps, including malloc's overhead. */
  readonly injected: number;
  readonly measured: Estimate | null;
  readonly sentence: string;
}

/**
 * Bytes that glibc's malloc takes from a 64-bit heap for a request of this size: eight more, in steps of 16, at least
 * 32.
 */
export function mallocCost(bytes: number): number {
  return bytes === 0 ? 0 : Math.max(32, Math.ceil((bytes + 8) / 16) * 16);
}

/** Bytes per request that the candidate keeps in addition to the baseline, from the arms' LEAK_BYTES. */
export function injectedGrowth({ arms: { baseline, candidate } }: Scenario): number {
  const cost = (arm: typeof baseline): number => mallocCost(Number(arm.environment['LEAK_BYTES'] ?? 0));
  return cost(candidate) - cost(baseline);
}

/** Whether the instrument showed what it must: the expected verdict and the injected growth. */
export function controlResult({ manifest: { scenario }, verdict }: Result): ControlResult {
  const expected = expectedOutcome(scenario) ?? 'pass';
  const injected = injectedGrowth(scenario);
  const measured =
    verdict.assessment.services.find(({ judged, metric }) => judged && metric.endsWith('_bytes'))?.difference ?? null;
  const wrong = objection(expected, injected, verdict.outcome, measured);
  const number =
    measured === null
      ? 'nothing'
      : `${measured.value.toFixed(1)} B/request [${measured.lower.toFixed(1)}, ${measured.upper.toFixed(1)}]`;
  const sentence =
    wrong === null
      ? `${verdict.outcome.toUpperCase()} as it must be: ${injected} B/request were put in, ${number} measured.`
      : `${wrong} (${injected} B/request were put in, ${number} ` +
        `measured).${verdict.outcome === expected ? '' : ` ${verdict.sentence}`}`;
  return { name: scenario.name, ok: wrong === null, expected, outcome: verdict.outcome, injected, measured, sentence };
}

function objection(
  expected: 'pass' | 'fail',
  injected: number,
  outcome: Outcome,
  measured: Estimate | null,
): string | null {
  if (outcome !== expected) return `${outcome.toUpperCase()} instead of ${expected.toUpperCase()}`;
  if (measured === null) return `${outcome.toUpperCase()}, but no growth was measured`;
  const tolerance = Math.max(TOLERATED_SHARE * injected, (measured.upper - measured.lower) / 2);
  return Math.abs(measured.value - injected) <= tolerance
    ? null
    : `${outcome.toUpperCase()}, but the measured growth is not the growth that was put in`;
}
