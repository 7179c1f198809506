import type { ExpectedDecision } from './expectation.js';
import type { Captures } from './step.js';
import type { PhaseSpan } from './traffic-phase.js';

/**
 * How a client carries its request where that is not "all of it at once, then wait for the answer". Part of the trace's
 * digest; only an engine on raw sockets can do it.
 */
export interface RequestBehaviour {
  /** Version in the request line; 1.1 unless stated. */
  readonly version?: '1.0' | '1.1';
  /** Sizes of the chunks the body is coded in, the rest following in one more; the headers must announce the coding. */
  readonly chunks?: readonly number[];
  /** Offsets into the request's bytes (from the end where negative) at which it is broken into separate writes. */
  readonly breaks?: readonly number[];
  /** Milliseconds between the pieces made by `breaks`, or between chunks where there are none. */
  readonly pauseMs?: number;
  readonly sendBytesPerSecond?: number;
  readonly readBytesPerSecond?: number;
  /** Hangs up after so many bytes of the request or of the response; null stands for all of them. */
  readonly abort?: {
    readonly of: 'request' | 'response';
    readonly bytes: number | null;
    readonly how: 'close' | 'reset';
  };
  /** Goes over a connection of its own that carried nothing before. */
  readonly freshConnection?: boolean;
  /**
   * Which of the clients' certificates is shown, from 1; 0 for none. On a connection of its own, for this request
   * alone.
   */
  readonly clientCertificate?: number;
  /** Whether the TLS session is a new one. On a connection of its own, for this request alone. */
  readonly session?: 'reuse' | 'fresh';
  /** The next request follows on the same connection without waiting for this one's answer. */
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
  /** The exact bytes to send instead of what the parts above would give; they then only describe them. */
  readonly raw?: Uint8Array;
  readonly behaviour?: RequestBehaviour;
  /** Milliseconds after the first request at which it came when it was recorded. Not part of the digest. */
  readonly at?: number;
  /** Absent if nothing is taken from its answer and nothing of an earlier answer goes into it. */
  readonly visit?: VisitStep;
}

/**
 * What binds a request to the others of a visit. In the trace, and in its digest, a stand-in is in the place of each
 * value that an answer will give.
 */
export interface VisitStep {
  /** The journey and the number of the user: one visit at a time. */
  readonly visitor: string;
  /** Number of the visit, rising for each visitor. */
  readonly number: number;
  /** What is taken from the answer. */
  readonly capture: Captures;
  /** Names of the values that earlier answers of the visit give. */
  readonly carries: readonly string[];
  /**
   * The request with these values; a name that is not among them keeps its stand-in.
   * @throws SlopegateError TRAFFIC_INVALID if a value cannot stand in its place, as a line break in a header
   */
  readonly fill: (values: ReadonlyMap<string, string>) => TraceRequest;
}

/**
 * How the shares of labels vary over the judged part of a trace, so that growth can be attributed to them: blocks in
 * pairs, each pair with
 * the ordinary mix. Nothing else of the trace is needed to know how many requests of a label came before any other
 * request.
 */
export interface TrafficBlocks {
  /** Labels that vary together: one by itself, or several of which some are too rare to be told apart. */
  readonly groups: readonly (readonly string[])[];
  /** Index of the first request of the first block. */
  readonly first: number;
  /** Requests of each group in each block, in order. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * The ordered requests both arms get; identical by construction and proved after the run. A day of them does not fit
 * into memory, so none is kept: each is made again from the seed when it is due.
 */
export interface Trace {
  readonly seed: number;
  /** How many requests it has. */
  readonly length: number;
  /** The requests in order, each made when it is asked for. Every time through gives the same ones. */
  readonly requests: Iterable<TraceRequest>;
  /**
   * One request of each template and every recorded one: methods, names of headers and behaviours are those of the
   * whole trace.
   */
  readonly kinds: readonly TraceRequest[];
  /** The latest `TraceRequest.at`; absent if a request has none. */
  readonly recordedEnd?: number;
  /** SHA-256 (hex) over every request in order: what was planned. */
  readonly digest: string;
  /** Label → number of requests planned. */
  readonly labels: Readonly<Record<string, number>>;
  /** Absent if the mix is the same throughout. */
  readonly blocks?: TrafficBlocks;
  /** Absent if there are none. */
  readonly phases?: readonly PhaseSpan[];
}
