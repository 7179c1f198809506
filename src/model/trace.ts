import type { ExpectedDecision } from './scenario.js';

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
}

/** The ordered requests both arms get; identical by construction and proved after the run. */
export interface Trace {
  readonly seed: number;
  readonly requests: readonly TraceRequest[];
  /** SHA-256 (hex) over every request in order: what was planned. */
  readonly digest: string;
  /** Label → number of requests planned. */
  readonly labels: Readonly<Record<string, number>>;
}
