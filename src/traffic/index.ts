export { buildTrace } from './buildTrace.js';
export { chunkSizes } from './chunks.js';
export { createTraceDigest, type DigestedRequest, type TraceDigest } from './digest.js';
export { createMultisetDigest, type MultisetDigest } from './multisetDigest.js';
