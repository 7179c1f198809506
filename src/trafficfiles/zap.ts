import { newlines, problem, splitAt, targetOf, textOf, type Entry, type Format } from '../requests/index.js';
import { rawEntry } from './raw-http.js';

/** What ends the line in front of each message: `===12 ==========`; its beginning ends the piece before. */
const MARK = Buffer.from(' ==========');
const MARK_BEGUN = /(?:^|\n)={3,4} ?\d+$/;
const MESSAGE = /<Message>\s*<Headers>([^<]*)<\/Headers>\s*<Body>([^<]*)<\/Body>/;

/** Messages of ZAP: "Export Messages to File", which has the answers too, and "Save XML Message" of a request. */
export const zap: Format = async function* (source) {
  let marked = false;
  for await (const { bytes, line, tooLong } of splitAt(textOf(source.chunks), MARK)) {
    const text = bytes.toString('latin1').replace(MARK_BEGUN, '');
    const message = marked ? null : MESSAGE.exec(text);
    if (tooLong) yield problem(line, 'too-long', 'The message is too long');
    else if (message !== null)
      yield asSent(rawEntry(Buffer.concat(message.slice(1).map((part) => Buffer.from(part, 'base64'))), line, PLAIN));
    else if (marked) yield exported(text, line);
    else if (text.trim() !== '') yield problem(line, 'malformed', 'Not a message of ZAP');
    marked = true;
  }
};

const PLAIN = { exact: false } as const;

/** The request of a message; its stated length says where the answer begins. */
function exported(text: string, line: number): Entry {
  const begin = text.search(/[^\r\n]/);
  const end = /\r?\n\r?\n/.exec(text.slice(begin));
  const at = line + newlines(Buffer.from(text, 'latin1'), 0, Math.max(0, begin));
  if (begin === -1 || end === null) return problem(at, 'no-request', 'The message has no request');
  const bodyAt = begin + end.index + end[0].length;
  const length = Number(/^content-length:[ \t]*(\d+)[ \t]*\r?$/im.exec(text.slice(begin, bodyAt))?.[1] ?? 0);
  if (!/^\s*(?:HTTP\/\d|$)/.test(text.slice(bodyAt + length)))
    return problem(at, 'body-damaged', `The request had a body of ${length} bytes; another one was exported`);
  return asSent(rawEntry(Buffer.from(text.slice(begin, bodyAt + length), 'latin1'), at, PLAIN));
}

/** ZAP shows the whole URL in the request line; it sends the path. */
function asSent(entry: Entry): Entry {
  const target = entry.kind === 'request' ? targetOf(entry.parts.target)?.target : undefined;
  return entry.kind === 'request' && target !== undefined ? { ...entry, parts: { ...entry.parts, target } } : entry;
}
