export { isCorpusFile } from './corpus-lines.js';
export { LABEL_PARTS, type LabelPart } from './entry.js';
export { EXACT_FORMATS, FORMATS, type FormatName } from './formats.js';
export { importTraffic, type ImportOptions, type Noted, type Skipped } from './import-traffic.js';
export { loadCorpora } from './load-corpora.js';
export { readParanoiaLevels } from './paranoia-levels.js';
export { digestOfRecordings } from './recordings-digest.js';
export type { NoteKind, SkipReason } from './reasons.js';
export { Tally, type Counted, type TallyResult } from './tally.js';
