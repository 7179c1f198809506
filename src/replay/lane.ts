import type { TraceRequest } from '../model/index.js';
import type { DigestedRequest } from '../traffic/index.js';

/** A request and the bytes it is sent as. */
export interface Outgoing {
  readonly request: TraceRequest;
  readonly bytes: Buffer;
}

/** What carries one request at a time: a connection to the target, or a part of one. */
export interface Lane {
  /**
   * Sends this request, and returns it as read back from what was sent; only called after `ready` and before the next
   * event.
   */
  send(request: TraceRequest): DigestedRequest;
  /** Replaces the connection by a new one; `ready` says when it stands. Only called while the lane is free. */
  refresh(): void;
  /** Hangs up on the answer that this lane waits for, which is then reported as lost. */
  giveUp(): void;
}

/** What is kept of an answer that a journey takes values from: its header section, and the beginning of its body. */
export interface Answer {
  readonly head: string;
  readonly body: string;
}

/** No answer came; or the target closed the connection in good order instead of one; or none was waited for. */
export type Loss = 'none' | 'closed' | 'aborted';

/** What a lane tells; engines differ only in how they find out. */
export interface LaneEvents {
  /** Connected, and free for the next request. */
  ready(lane: Lane): void;
  /** Said inside `send`: the next request is to follow on this lane at once. */
  held(lane: Lane): void;
  /** Not connected any more, or not yet: a new connection may be on its way. `error` where one could not be had. */
  down(lane: Lane, error: Error | null): void;
  /** `answer` where values are to be taken from it. */
  answered(index: number, status: number, answer?: Answer): void;
  lost(index: number, why: Loss): void;
}

/** The connections of one replay. */
export interface LaneSet {
  /** How many are opened at the start. */
  readonly expected: number;
  /** One more connection is wanted: a request is due and none is free. */
  grow(): void;
  /** Drops every connection once it has its answers, and opens it again; absent where the engine cannot. */
  reconnect?(): void;
  /** Connections opened so far; absent where the engine does not count them. */
  connections?(): { readonly opened: number; readonly resumed: number };
  close(): void;
  /** Settles when the engine has let go of everything. */
  readonly closed: Promise<unknown>;
}
