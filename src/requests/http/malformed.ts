import type { SkipReason } from '../reasons.js';

/** Why bytes could not be read as a request, as the end of a sentence: "…: the request line has no target". */
export class MalformedRequest extends Error {
  readonly reason: SkipReason;

  constructor(message: string, reason: SkipReason = 'malformed') {
    super(message);
    this.reason = reason;
  }
}
