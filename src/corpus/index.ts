export { isCorpusFile } from './corpus-lines.js';
export { FORMATS, type FormatName } from './formats.js';
export { importCorpus, type ImportSettings, type ImportSummary } from './import-corpus.js';
export { loadCorpora } from './load-corpora.js';
export { readChoices } from './read-choices.js';
export { recognised } from './recognise.js';
export { readParanoiaLevels } from './paranoia-levels.js';
export { digestOfRecordings } from './recordings-digest.js';
