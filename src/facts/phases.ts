import { phaseSpans, type PhaseSpan } from '../model/index.js';
import type { PlotSeries, Result } from '../results/index.js';
import { phaseWords } from '../words/phases.js';

/**
 * Phases of one replicate, or of a longer pair, in which each phase is longer in proportion; empty if the traffic had
 * none.
 */
export function phasesOf(
  { manifest: { scenario, trace }, trials }: Result,
  replicate: number,
  purpose: PlotSeries['purpose'],
): readonly PhaseSpan[] {
  const first = trace?.phases?.[0]?.from;
  const planned = Math.max(
    0,
    ...trials
      .filter((trial) => trial.replicate === replicate && trial.purpose === purpose)
      .map((trial) => trial.planned),
  );
  return first === undefined || planned <= first
    ? []
    : phaseSpans(scenario.traffic.phases ?? [], first, planned - first);
}

/** `The window went through phases: day 2,250 requests, attack-wave 900.`; null if there were none. */
export function phaseSentence({ manifest: { trace } }: Result): string | null {
  return trace?.phases === undefined
    ? null
    : `The window had these phases, the same for both versions: ${phaseWords(trace.phases)}.`;
}
