/** The files of a run directory. */
export const MANIFEST_FILE = 'manifest.json';
export const JOURNAL_FILE = 'journal.ndjson';
export const RESULT_FILE = 'result.json';
