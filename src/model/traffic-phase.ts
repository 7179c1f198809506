/** One of several mixes that the judged window goes through in turn. */
export interface TrafficPhase {
  readonly name: string;
  /** Of the judged window's requests, 0…1; the shares of all phases sum to 1. */
  readonly share: number;
  /** Label → relative share while the phase lasts; labels not named are not sent in it. */
  readonly mix: Readonly<Record<string, number>>;
}

/** Where a phase lies in a trace: index of its first request, and of the first one after it. */
export interface PhaseSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Phases laid out over a window that begins after `first` requests: one after the other, to the single request, without
 * a gap.
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
