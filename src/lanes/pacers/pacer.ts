/** When each request of a trace is due. Times are milliseconds after the start. */
export interface Pacer {
  readonly due: (index: number) => number;
  /** Whether this request leaves together with others. Its lateness then means nothing. */
  readonly inBurst: (index: number) => boolean;
  /** When the last request is due: the length of the schedule. */
  readonly end: number;
}

/** A pacer without bursts whose times never fall. */
export function risingPacer(due: (index: number) => number, count: number): Pacer {
  return { due, inBurst: () => false, end: count === 0 ? 0 : due(count) };
}
