import type { ExpectedDecision } from './expectation.js';
import type { Captures } from './step.js';
import type { PhaseSpan } from './traffic-phase.js';

/**
 * How a client sends its request, if it does not simply send all of it and wait for the answer. Part of the trace's
 * digest. Only an engine on raw sockets can do it.
 */
export interface RequestBehaviour {
  /** Version in the request line; 1.1 unless stated. */
  readonly version?: '1.0' | '1.1';
  /**
   * Sizes of the chunks in which the body is sent; the rest follows in one more chunk. The headers must announce this
   * coding.
   */
  readonly chunks?: readonly number[];
  /** Offsets in the request's bytes (negative: from the end) at which it is split into separate writes. */
  readonly breaks?: readonly number[];
  /** Milliseconds between the pieces made by `breaks`, or between chunks if there are no `breaks`. */
  readonly pauseMs?: number;
  readonly sendBytesPerSecond?: number;
  readonly readBytesPerSecond?: number;
  /** Hangs up after this many bytes of the request or of the response; null means all of them. */
  readonly abort?: {
    readonly of: 'request' | 'response';
    readonly bytes: number | null;
    readonly how: 'close' | 'reset';
  };
  /** Sent on a new connection of its own. */
  readonly freshConnection?: boolean;
  /**
   * Which of the clients' certificates is shown, from 1; 0 for none. Sent on a connection of its own, for this request
   * alone.
   */
  readonly clientCertificate?: number;
  /** Whether the TLS session is new. Sent on a connection of its own, for this request alone. */
  readonly session?: 'reuse' | 'fresh';
  /** The next request follows on the same connection without waiting for this answer. */
  readonly pipelined?: boolean;
}

/** One request as both arms get it. The body is bytes; header order is kept. */
export interface TraceRequest {
  readonly index: number;
  readonly label: string;
  readonly expect: ExpectedDecision;
  readonly method: string;
  /** Request target: path and query, as sent. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  /** The exact bytes to send instead of the parts above. The parts then only describe them. */
  readonly raw?: Uint8Array;
  readonly behaviour?: RequestBehaviour;
  /** When it was recorded: milliseconds after the first request. Not part of the digest. */
  readonly at?: number;
  /** Absent if nothing is taken from its answer and it needs nothing from an earlier answer. */
  readonly visit?: VisitStep;
}

/**
 * What connects a request with the others of a visit. The trace and its digest have a placeholder for each value that
 * an answer will give.
 */
export interface VisitStep {
  /** The journey and the number of the user: one visit at a time. */
  readonly visitor: string;
  /** Number of the visit; it rises for each visitor. */
  readonly number: number;
  /** What is taken from the answer. */
  readonly capture: Captures;
  /** Names of the values in this request that earlier answers of the visit give. */
  readonly carries: readonly string[];
  /**
   * The request with these values. A name without a value keeps its placeholder.
   * @throws SlopegateError TRAFFIC_INVALID if a value cannot be sent in its place, such as a line break in a header
   */
  readonly fill: (values: ReadonlyMap<string, string>) => TraceRequest;
}

/**
 * How the shares of labels vary during the judged part of a trace, so that growth can be attributed to them. The blocks
 * come in pairs, and each pair has the ordinary mix. From this alone one can compute how many requests of a label came
 * before any other request.
 */
export interface TrafficBlocks {
  /** Labels that vary together: a single one, or several if some of them are too rare to be separated. */
  readonly groups: readonly (readonly string[])[];
  /** Index of the first request of the first block. */
  readonly first: number;
  /** Requests of each group in each block, in order. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * The ordered requests that both arms get. They are identical by construction, and this is proved after the run. The
 * requests of a day do not fit into memory, so none is kept: each one is made again from the seed when it is due.
 */
export interface Trace {
  readonly seed: number;
  /** How many requests it has. */
  readonly length: number;
  /** The requests in order, each made when it is asked for. Every iteration gives the same ones. */
  readonly requests: Iterable<TraceRequest>;
  /**
   * One request of each template, and every recorded one. They have all methods, header names and behaviours of the
   * trace.
   */
  readonly kinds: readonly TraceRequest[];
  /** The latest `TraceRequest.at`; absent if a request has none. */
  readonly recordedEnd?: number;
  /** SHA-256 (hex) over every request in order: what was planned. */
  readonly digest: string;
  /** Label → number of requests planned. */
  readonly labels: Readonly<Record<string, number>>;
  /** How the mix varies; absent if it is the same throughout. */
  readonly blocks?: TrafficBlocks;
  /** Phases of the window; absent if there are none. */
  readonly phases?: readonly PhaseSpan[];
}
