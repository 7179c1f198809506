import type { Lane } from './lane.js';

/** Milliseconds between looks. */
const LOOK_MS = 500;

export interface WatchdogOptions {
  /** By how much the replay is behind its schedule now (ms). */
  readonly lateMs: () => number;
  /** A replay that is further behind than this cannot count any more. */
  readonly mostLateMs: number;
  readonly onGivenUp: (index: number) => void;
  readonly onTooLate: (lateMs: number) => void;
}

interface UnderWay {
  readonly lane: Lane;
  readonly look: number;
  readonly patienceMs: number;
}

/**
 * Watches a replay for two things that would never end: an answer without an end, and a schedule that cannot be kept.
 * The time of an answer is counted in looks and not by the clock, because a process that was stopped for a while has
 * its answers waiting.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  /** Requests in progress in the order in which they were sent, each with the look after which it was sent. */
  readonly #underWay = new Map<number, UnderWay>();
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** @param patienceMs an unfinished answer is given up after this time, even if bytes still come */
  sent(index: number, lane: Lane, patienceMs: number): void {
    this.#underWay.set(index, { lane, look: this.#looks, patienceMs });
  }

  settled(index: number): void {
    this.#underWay.delete(index);
  }

  #look(): void {
    this.#looks += 1;
    const { lateMs, mostLateMs, onGivenUp, onTooLate } = this.#options;
    const late = lateMs();
    if (late > mostLateMs) return onTooLate(late);
    for (const [index, { lane, look, patienceMs }] of this.#underWay) {
      if ((this.#looks - look) * LOOK_MS <= patienceMs) continue;
      this.#underWay.delete(index);
      onGivenUp(index);
      lane.giveUp();
    }
  }
}
