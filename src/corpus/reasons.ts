/** Why an entry of a file became no request: the code that is counted, and what it means. */
export const SKIP_REASONS = {
  'too-long': 'the entry is too long',
  'cut-short': 'the file ends in the middle of an entry',
  malformed: 'the entry does not have the form of its format',
  'log-format': 'the line does not have the stated log format',
  'no-request': 'the entry holds no request',
  'not-http': 'the URL is not one of HTTP',
  cached: "the answer came from the browser's cache, so no request was sent",
  contradiction: 'the request contradicts itself; --exact keeps such a request where the format has raw bytes',
  unsendable: 'the request cannot be sent as it stands; --exact keeps such a request where the format has raw bytes',
  'body-missing': 'the request had a body that was not recorded',
  'body-damaged': 'the recorded body is not the one that was sent',
  'unknown-key': 'the entry has a key that the import does not know',
  template: 'the entry has a template that the import cannot evaluate',
  'needs-answer': 'the request depends on an earlier answer',
  'no-time': 'the entry has no time, and --from or --to is given',
  unreadable: 'the file cannot be read',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** What a request that was imported lost or gained: the code that is counted, and what it means. */
export const NOTES = {
  'body-not-logged': 'a POST, PUT or PATCH whose body is not in the log; it is sent with an empty body',
  'other-file': 'a file in a folder that does not have the ending of this format; it was passed over',
  'connection-close': 'go-ftw adds "Connection: close"; it is left out, so that connections are kept open',
} as const;
export type NoteKind = keyof typeof NOTES;
