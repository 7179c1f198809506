export { buildTrace } from './build-trace.js';
export type { JudgedSpan } from './blocks/layout.js';
export { chunkSizes } from './chunks.js';
export { createTraceDigest, type DigestedRequest, type TraceDigest } from './digest.js';
export { forHttp2 } from './for-http2.js';
export { decodeCorpusLine, encodeCorpusLine, type CorpusRequest } from './recorded/corpus-request.js';
export { recordedSources, type Corpora } from './recorded/corpora.js';
export { createMultisetDigest, type MultisetDigest } from './multiset-digest.js';
