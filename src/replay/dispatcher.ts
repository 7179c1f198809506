import type { Lane } from './lane.js';

/** Timers have a grain of a millisecond; a request that is due within half of one is sent rather than waited for. */
const GRAIN_MS = 0.5;

export interface DispatcherOptions {
  readonly total: number;
  /** When request `index` is due, in milliseconds after the start. */
  readonly due: (index: number) => number;
  readonly clock: () => number;
  /** Sends request `index` on this lane; `due` is on the clock. */
  readonly send: (lane: Lane, index: number, due: number) => void;
  /** A request is due and no connection is free. */
  readonly wanted: () => void;
}

/**
 * Sends the trace in its order, each request when it is due, on the connection that has been free longest. A slow answer
 * holds up its own connection and nobody else's; requests wait only while no connection is free.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  /** In the order in which they became free. */
  readonly #free = new Set<Lane>();
  /** The next request follows on this one at once, whenever it is due. */
  #held: Lane | null = null;
  #origin: number | null = null;
  #next = 0;
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
    this.#free.add(lane);
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
      const [lane] = this.#free;
      if (lane === undefined) {
        this.#options.wanted();
        return;
      }
      this.#free.delete(lane);
      this.#options.send(lane, this.#next++, due);
    }
  }
}
