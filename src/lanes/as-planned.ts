import type { TraceRequest } from '../model/index.js';
import { createTraceDigest, type DigestedRequest } from '../traffic/index.js';

/**
 * The request that the digest of a replay counts: read back from the bytes that were sent. If it carries values from
 * answers, and its bytes are exactly right with these values, it counts as planned, with placeholders.
 */
export function asPlanned(sent: DigestedRequest, request: TraceRequest, planned: TraceRequest): DigestedRequest {
  return request === planned || digestOf(sent) !== digestOf(request) ? sent : planned;
}

function digestOf(request: DigestedRequest): string {
  const digest = createTraceDigest();
  digest.add(request);
  return digest.hex();
}
