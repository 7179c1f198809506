import type { TraceRequest } from '../model/index.js';
import type { DigestedRequest } from '../traffic/index.js';

/** A request and its bytes. */
export interface Outgoing {
  readonly request: TraceRequest;
  readonly bytes: Buffer;
}

/** Carries one request at a time: a connection to the target, or a part of one. */
export interface Lane {
  /**
   * Sends this request, and returns it as read back from the bytes. Only called after `ready` and before the next
   * event.
   */
  send(request: TraceRequest): DigestedRequest;
  /** Replaces the connection by a new one; `ready` reports it. Only called while the lane is free. */
  refresh(): void;
  /** Closes the connection while this lane waits for an answer. The answer is then reported as lost. */
  giveUp(): void;
}

/**
 * The part of an answer that is kept if a journey takes values from it: the header section and the beginning of the
 * body.
 */
export interface Answer {
  readonly head: string;
  readonly body: string;
}

/** No answer came; or the target closed the connection properly instead; or none was waited for. */
export type Loss = 'none' | 'closed' | 'aborted';

/** The reports of a lane. Engines differ only in how they find these things out. */
export interface LaneEvents {
  /** Connected, and free for the next request. */
  ready(lane: Lane): void;
  /** Called inside `send`: the next request must follow on this lane at once. */
  held(lane: Lane): void;
  /** Not connected any more, or not yet. A new connection may be in preparation. `error` if it could not be made. */
  down(lane: Lane, error: Error | null): void;
  /** `answer` if values must be taken from it. */
  answered(index: number, status: number, answer?: Answer): void;
  lost(index: number, why: Loss): void;
}

/** The connections of one replay. */
export interface LaneSet {
  /** How many are opened at the start. */
  readonly expected: number;
  /** One more connection is needed: a request is due and none is free. */
  grow(): void;
  /** Closes every connection after its answers, and opens it again; absent if the engine cannot. */
  reconnect?(): void;
  /** Connections opened so far; absent if the engine does not count them. */
  connections?(): { readonly opened: number; readonly resumed: number };
  close(): void;
  /** Settles when the engine has released everything. */
  readonly closed: Promise<unknown>;
}
