export { buildTrace } from './buildTrace.js';
export { chunkSizes } from './chunks.js';
export { traceOfCorpus, type CorpusTraceOptions } from './corpusTrace.js';
export { createTraceDigest, type DigestedRequest, type TraceDigest } from './digest.js';
export { decodeCorpusLine, encodeCorpusLine, type CorpusRequest } from './import/corpus.js';
export { FORMATS, importTraffic, type FormatName, type ImportOptions } from './import/importTraffic.js';
export { loadCorpora, recordedSources, type Corpora } from './sources/load-corpora.js';
export { createMultisetDigest, type MultisetDigest } from './multisetDigest.js';
