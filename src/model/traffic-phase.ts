/** One of several mixes of the judged window, used one after the other. */
export interface TrafficPhase {
  readonly name: string;
  /** Share of the judged window's requests, 0…1; the shares of all phases sum to 1. */
  readonly share: number;
  /** Label → relative share during the phase. Labels that are not named are not sent in it. */
  readonly mix: Readonly<Record<string, number>>;
}

/** The place of a phase in a trace: index of its first request, and of the first request after it. */
export interface PhaseSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Divides a window that begins after `first` requests into phases, one after the other. Every request belongs to one
 * phase.
 */
export function phaseSpans(
  phases: readonly Pick<TrafficPhase, 'name' | 'share'>[],
  first: number,
  window: number,
): PhaseSpan[] {
  let [share, from] = [0, first];
  return phases.map((phase, place) => {
    share += phase.share;
    const to = place === phases.length - 1 ? first + window : first + Math.round(share * window);
    const span = { name: phase.name, from, to };
    from = to;
    return span;
  });
}
