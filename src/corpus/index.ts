export { FORMATS, importTraffic, type FormatName, type ImportOptions } from './import-traffic.js';
export { loadCorpora } from './load-corpora.js';
export { digestOfRecordings } from './recordings-digest.js';
