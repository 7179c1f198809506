/** Why an entry of a file became no request: the code that is counted, and what it means. */
export const SKIP_REASONS = {
  'too-long': 'the entry is too long',
  'cut-short': 'the file ends in the middle of an entry',
  malformed: 'the entry does not have the form of its format',
  'log-format': 'the line does not have the stated log format',
  'no-request': 'the entry holds no request',
  'not-http': 'the URL is not one of HTTP',
  cached: "the answer came from the browser's cache, so no request was sent",
  contradiction: 'the request contradicts itself',
  unsendable: 'the request cannot be sent as it stands',
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
  'head-regular': 'the line ends or the spaces of the head were made regular; --exact keeps them',
  'length-added': 'it states no length; Content-Length was added',
  'length-corrected': 'its logged body is longer than Content-Length says; the logged one is sent, with its own length',
  'connection-headers': 'headers about the recorded connection were left out',
  'chunk-details': 'extensions, trailers or the spelling of sizes in its chunks were let go; --exact keeps them',
  'from-http2': 'it came over HTTP/2; its request line is written as one of HTTP/1.1',
  'chunks-not-logged': 'its body came in chunks whose sizes are not recorded; it is sent with a Content-Length',
  'form-rebuilt': 'its form was made of the recorded fields; no length proves in which way it was written',
  'cookies-rebuilt': 'it has no Cookie header; one was made of the recorded cookies',
  'type-added': 'it has no Content-Type header; the recorded type of its body was added',
  'target-encoded':
    'its target had spaces or other bytes that a request line cannot have; they are sent percent-encoded',
  'header-cleaned': 'a header had control characters that cannot be sent; each became a space',
  'time-unread': 'its time cannot be read',
  'outside-time': 'it came before --from or after --to; it was left out',
  'other-host': 'it went to another host than --only-host names; it was left out',
  'body-packed': 'its body is compressed, so it was not looked into for secrets',
  'curl-defaults': 'curl adds headers of its own (User-Agent, Accept); what the command does not state is left out',
  'other-file': 'a file in a folder that does not have the ending of this format; it was passed over',
  'connection-close': 'go-ftw adds "Connection: close"; it is left out, so that connections are kept open',
} as const;
export type NoteKind = keyof typeof NOTES;
