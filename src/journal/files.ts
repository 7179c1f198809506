/** The files of a run directory. */
export const MANIFEST_FILE = 'manifest.json';
export const JOURNAL_FILE = 'journal.ndjson';
export const RESULT_FILE = 'result.json';

/** The hint for a folder that is not the folder of a run. */
export const NO_RUN_HINT =
  'Name the folder of a run: a folder under reports/ with manifest.json and journal.ndjson in it.';
