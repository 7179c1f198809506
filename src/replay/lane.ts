/** One connection to the target, with at most one request on the way. */
export interface Lane {
  /** Sends these bytes as request `index`; only called after `ready` and before the next event. */
  send(index: number, bytes: Buffer): void;
  /** Closes the connection and opens no other. Reports nothing any more. */
  close(): void;
}

/** What a lane tells; engines differ only in how they find out. */
export interface LaneEvents {
  /** Connected, and free for the next request. */
  ready(lane: Lane): void;
  /** Not connected any more, or not yet: a new connection is on its way. `error` where one could not be had. */
  down(lane: Lane, error: Error | null): void;
  answered(index: number, status: number): void;
  lost(index: number): void;
}
