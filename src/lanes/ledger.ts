import { ABORTED, type ReplayResult, SlopegateError, type StatusCounts, type Trace } from '../model/index.js';
import { createMultisetDigest, createTraceDigest, type DigestedRequest } from '../traffic/index.js';
import type { Loss } from './lane.js';
import { percentileCounter } from './percentiles.js';
import { windowLatency, type WindowLatency } from './window-latency.js';

interface InFlight {
  readonly request: DigestedRequest;
  readonly sentAt: number;
}

export interface LedgerOptions {
  /** Requests of a burst wait by design, so their lateness means nothing. */
  readonly bursting?: (index: number) => boolean;
  /** Whether the engine sends in the order of the trace. */
  readonly ordered?: boolean;
  /** Number of requests before the judged window; without it the latency in the window is not counted separately. */
  readonly warmup?: number | undefined;
}

/** Our own record of one replay. Each request is entered once when it is given to a socket, and settled once. */
export class Ledger {
  readonly #trace: Trace;
  readonly #blocked: ReadonlySet<number>;
  readonly #clock: () => number;
  readonly #bursting: (index: number) => boolean;
  readonly #ordered: boolean;
  /** Which requests were sent, if they may be sent in another order than the trace's. */
  readonly #handed: Uint8Array;
  readonly #statuses: Uint16Array;
  readonly #lateness = percentileCounter();
  readonly #latency = percentileCounter();
  readonly #inWindow: WindowLatency | null;
  readonly #inFlight = new Map<number, InFlight>();
  readonly #sentDigest = createTraceDigest();
  readonly #passed = createMultisetDigest();
  readonly #counts: Record<string, Record<string, number>> = {};
  #sent = 0;
  #answered = 0;
  #lost = 0;
  #aborted = 0;

  /** `clock` gives monotonic milliseconds. */
  constructor(
    trace: Trace,
    blockedStatuses: readonly number[],
    clock: () => number,
    { bursting = () => false, ordered = true, warmup }: LedgerOptions = {},
  ) {
    this.#trace = trace;
    this.#blocked = new Set(blockedStatuses);
    this.#clock = clock;
    this.#bursting = bursting;
    this.#ordered = ordered;
    this.#handed = new Uint8Array(ordered ? 0 : trace.length);
    this.#statuses = new Uint16Array(trace.length);
    this.#inWindow = warmup === undefined ? null : windowLatency(warmup, trace.length);
  }

  get sent(): number {
    return this.#sent;
  }

  /** Answered, or ended by the client as planned. */
  get served(): number {
    return this.#answered + this.#aborted;
  }

  /** Every request was sent, and each was answered or is known to be lost. */
  get settled(): boolean {
    return this.#answered + this.#lost === this.#trace.length;
  }

  /**
   * A request was given to a connection just now. `request` is what was read back from the bytes that were sent, and
   * the digest is computed from it. An engine that does not see its bytes gives the request of the trace. If it does
   * not keep the trace's order either, the digest is that of the sent requests in the trace's order. `due`: if the
   * engine has its own schedule. `counted`: the form with placeholders, if the digest must not be computed from what
   * was sent.
   */
  enter(index: number, request: DigestedRequest, due: number | null = null, counted: DigestedRequest = request): void {
    if (this.#ordered && index !== this.#sent)
      throw new SlopegateError('INTERNAL', `Request ${index} was sent instead of ${this.#sent}`);
    const sentAt = this.#clock();
    if (this.#ordered) this.#sentDigest.add(counted);
    else this.#handed[index] = 1;
    if (due !== null && !this.#bursting(index)) this.#lateness.add(Math.max(0, sentAt - due));
    this.#inFlight.set(index, { request, sentAt });
    this.#sent++;
  }

  answer(index: number, status: number): void {
    const { request, sentAt } = this.#settle(index, String(status));
    this.#answered++;
    this.#statuses[index] = status;
    const latency = this.#clock() - sentAt;
    this.#latency.add(latency);
    this.#inWindow?.add(index, latency);
    if (!this.#blocked.has(status)) this.#passed.add(request.method, request.target, request.body);
  }

  /**
   * The connection or the waiting time ended before the answer came, or no answer was waited for. Nothing is sent
   * twice.
   */
  lose(index: number, why: Loss): void {
    this.#settle(index, why);
    this.#lost++;
    if (why !== 'aborted') return;
    this.#aborted++;
    this.#statuses[index] = ABORTED;
  }

  result(engine: string, seconds: number, scheduledSeconds: number | null = null): ReplayResult {
    if (!this.#ordered)
      for (const request of this.#trace.requests) if (this.#handed[request.index] === 1) this.#sentDigest.add(request);
    return {
      engine,
      planned: this.#trace.length,
      sent: this.#sent,
      answered: this.#answered,
      ...(this.#aborted === 0 ? {} : { aborted: this.#aborted }),
      plannedDigest: this.#trace.digest,
      sentDigest: this.#sentDigest.hex(),
      counts: this.#counts satisfies StatusCounts,
      statuses: this.#statuses,
      passedDigest: this.#passed.hex(),
      passedCount: this.#passed.count,
      seconds,
      ...(scheduledSeconds === null ? {} : { scheduledSeconds }),
      lateness: this.#lateness.result(),
      latency: this.#latency.result(),
      ...(this.#inWindow !== null && { latencyInWindow: this.#inWindow.result() }),
    };
  }

  #settle(index: number, status: string): InFlight {
    const entry = this.#inFlight.get(index);
    if (entry === undefined)
      throw new SlopegateError('INTERNAL', `Request ${index} was settled without being in flight`);
    this.#inFlight.delete(index);
    const counts = (this.#counts[entry.request.label] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
    return entry;
  }
}
