export { isCorpusFile } from './corpus-lines.js';
export { EXACT_FORMATS, FORMATS, type FormatName } from './formats.js';
export { importTraffic, type ImportOptions, type Skipped } from './import-traffic.js';
export { loadCorpora } from './load-corpora.js';
export { readParanoiaLevels } from './paranoia-levels.js';
export { recognised } from './recognise.js';
export { digestOfRecordings } from './recordings-digest.js';
export { Tally, type TallyResult } from './tally.js';
