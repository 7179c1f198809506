import type { Lane } from './lane.js';
import { STALE_MS } from './reconnecting.js';

/** Timers have a resolution of one millisecond. A request that is due within half of it is sent at once. */
const GRAIN_MS = 0.5;

/** A request that needs a value from an answer waits this long for that answer. Then it is sent without the value. */
const PATIENCE_MS = 1000;
const LOOK_AGAIN_MS = 5;

export interface DispatcherOptions {
  readonly total: number;
  /** When request `index` is due, in milliseconds after the start. */
  readonly due: (index: number) => number;
  readonly clock: () => number;
  /** Sends request `index` on this lane; `due` is on the clock. */
  readonly send: (lane: Lane, index: number, due: number) => void;
  /** Called when a request is due and no connection is free. */
  readonly wanted: () => void;
  /** Whether a request needs a value from an answer that has not come yet. */
  readonly waits?: (index: number) => boolean;
  /** Before every N-th request, all connections are closed and opened again. */
  readonly storms?: { readonly every: number; readonly reconnect: () => void };
}

/**
 * Sends the trace in its order, each request when it is due, on the connection that has been free longest. A slow
 * answer delays only its own connection. Requests wait only while no connection is free.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  /** When each one became free, in this order. */
  readonly #free = new Map<Lane, number>();
  /** The next request follows on this lane at once, whenever it is due. */
  #held: Lane | null = null;
  #origin: number | null = null;
  #next = 0;
  /** Since when the next request has been waiting for an answer; null if it does not wait. */
  #waitingSince: number | null = null;
  /** The request before which connections were last dropped. */
  #stormed = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  get started(): boolean {
    return this.#origin !== null;
  }

  start(): void {
    this.#origin ??= this.#options.clock();
    this.#pump();
  }

  stop(): void {
    this.#next = this.#options.total;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  free(lane: Lane): void {
    this.#free.delete(lane);
    this.#free.set(lane, this.#options.clock());
    if (this.#timer === null) this.#pump();
  }

  hold(lane: Lane): void {
    this.#held = lane;
  }

  gone(lane: Lane): void {
    if (this.#held === lane) this.#held = null;
    this.#free.delete(lane);
  }

  #pump(): void {
    if (this.#origin === null) return;
    while (this.#next < this.#options.total) {
      if (this.#held !== null) {
        const held = this.#held;
        this.#held = null;
        this.#storm();
        this.#options.send(held, this.#next++, this.#options.clock());
        continue;
      }
      const due = this.#origin + this.#options.due(this.#next);
      const wait = due - this.#options.clock();
      if (wait > GRAIN_MS) {
        this.#timer = setTimeout(() => {
          this.#timer = null;
          this.#pump();
        }, wait);
        return;
      }
      if (this.#mustWait()) {
        this.#timer = setTimeout(() => {
          this.#timer = null;
          this.#pump();
        }, LOOK_AGAIN_MS);
        return;
      }
      this.#storm();
      const lane = this.#takeFree();
      if (lane === null) return;
      this.#waitingSince = null;
      this.#options.send(lane, this.#next++, due);
    }
  }

  #mustWait(): boolean {
    if (this.#options.waits?.(this.#next) !== true) {
      this.#waitingSince = null;
      return false;
    }
    this.#waitingSince ??= this.#options.clock();
    return this.#options.clock() - this.#waitingSince < PATIENCE_MS;
  }

  #storm(): void {
    const { storms } = this.#options;
    if (storms === undefined || this.#next % storms.every !== 0 || this.#stormed === this.#next) return;
    this.#stormed = this.#next;
    storms.reconnect();
  }

  /** The connection that has been free longest and is not stale; null if the next `free` must be waited for. */
  #takeFree(): Lane | null {
    let refreshed = false;
    for (const [lane, since] of this.#free) {
      this.#free.delete(lane);
      if (this.#options.clock() - since <= STALE_MS) return lane;
      refreshed = true;
      lane.refresh();
    }
    if (!refreshed) this.#options.wanted();
    return null;
  }
}
