export { buildTrace } from './build-trace.js';
export { chunkSizes } from './chunks.js';
export { traceOfCorpus, type CorpusTraceOptions } from './corpus-trace.js';
export { createTraceDigest, type DigestedRequest, type TraceDigest } from './digest.js';
export { decodeCorpusLine, encodeCorpusLine, type CorpusRequest } from './import/corpus.js';
export { FORMATS, importTraffic, type FormatName, type ImportOptions } from './import/import-traffic.js';
export { loadCorpora, recordedSources, type Corpora } from './sources/load-corpora.js';
export { digestOfRecordings } from './sources/recordings-digest.js';
export { createMultisetDigest, type MultisetDigest } from './multiset-digest.js';
