/** Why an entry of a file did not become a request: the code that is counted, and its meaning. */
export const SKIP_REASONS = {
  'too-long': 'the entry is too long',
  'cut-short': 'the file ends in the middle of an entry',
  malformed: 'the entry does not have the form of its format',
  'log-format': 'the line does not have the stated log format',
  'no-request': 'the entry has no request',
  'not-http': 'the URL is not an HTTP URL',
  cached: "the answer came from the browser's cache, so no request was sent",
  'not-sent': 'the browser did not send the request',
  contradiction: 'the request contradicts itself',
  unsendable: 'the request cannot be sent as it is',
  'body-missing': 'the request had a body that was not recorded',
  'body-damaged': 'the recorded body is not the one that was sent',
  'unknown-key': 'the entry has a key that the import does not know',
  template: 'the entry has a template that the import cannot evaluate',
  'needs-answer': 'the request depends on an earlier answer',
  'no-time': 'the entry has no time, and --from or --to is given',
  unreadable: 'the file cannot be read',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** What an imported request lost or gained: the code that is counted, and its meaning. */
export const NOTES = {
  'body-not-logged': 'a POST, PUT or PATCH whose body is not in the log; it is sent with an empty body',
  'head-regular': 'line ends or spaces in the head were changed to the usual form; --exact keeps them',
  'length-added': 'it states no length; Content-Length was added',
  'length-corrected': 'its logged body is longer than Content-Length says; the logged one is sent, with its own length',
  'connection-headers': 'headers about the recorded connection were left out',
  'chunk-details': 'extensions, trailers or the spelling of sizes in its chunks were lost; --exact keeps them',
  'from-http2': 'it came over HTTP/2; its request line is changed to HTTP/1.1',
  'chunks-not-logged': 'its body came in chunks whose sizes are not recorded; it is sent with a Content-Length',
  'form-rebuilt': 'its form was made from the recorded fields; no length proves how it was written',
  'query-rebuilt': 'its URL has no query; one was made from the recorded parameters',
  'cookies-rebuilt': 'it has no Cookie header; one was made from the recorded cookies',
  'type-added': 'it has no Content-Type header; the recorded type of its body was added',
  'target-encoded':
    'its target had spaces or other bytes that a request line cannot have; they are sent percent-encoded',
  'header-cleaned': 'a header had control characters that cannot be sent; each became a space',
  'no-answer': 'no answer to it is recorded (status 0); perhaps it never reached the server',
  'time-unread': 'its time cannot be read',
  'outside-time': 'it came before --from or after --to; it was left out',
  'other-host': 'it went to another host than --only-host names; it was left out',
  'body-packed': 'its body is compressed, so it was not searched for secrets',
  'curl-defaults':
    'curl adds its own headers (User-Agent, Accept); headers that the command does not have are left out',
  'other-file': 'a file in a folder without the ending of this format; it was skipped',
  'connection-close': 'go-ftw adds "Connection: close"; it is left out, so that connections are kept open',
} as const;
export type NoteKind = keyof typeof NOTES;
