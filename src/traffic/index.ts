export { buildTrace } from './buildTrace.js';
export { createTraceDigest, type DigestedRequest, type TraceDigest } from './digest.js';
export { createMultisetDigest, type MultisetDigest } from './multisetDigest.js';
