import type { TraceRequest } from '../model/index.js';
import { createTraceDigest, type DigestedRequest } from '../traffic/index.js';

/**
 * What the digest of a replay counts for a request that was sent: what was read back from its bytes. Where it carries
 * values from answers, and its bytes say exactly what it was to say with them, it counts as planned, with stand-ins.
 */
export function asPlanned(sent: DigestedRequest, request: TraceRequest, planned: TraceRequest): DigestedRequest {
  return request === planned || digestOf(sent) !== digestOf(request) ? sent : planned;
}

function digestOf(request: DigestedRequest): string {
  const digest = createTraceDigest();
  digest.add(request);
  return digest.hex();
}
