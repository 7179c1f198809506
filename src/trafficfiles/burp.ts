import { newlines, problem, splitAt, type Format } from '../requests/index.js';
import { rawEntry } from './raw-http.js';

const END = Buffer.from('</item>');
const REQUEST = /<request(?:\s+base64="(true|false)")?\s*>/;
const CDATA = '<![CDATA[';

/** Items that Burp Suite saves as XML: the bytes of each request, in base64 or as they are. */
export const burp: Format = async function* (source) {
  for await (const { bytes, line, tooLong } of splitAt(source.chunks, END)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The item is too long');
      continue;
    }
    const text = bytes.toString('latin1');
    const begin = text.search(/<item[\s>]/);
    // What stands behind the last item.
    if (begin === -1 && text.replaceAll('</items>', '').trim() === '') continue;
    const at = line + newlines(bytes, 0, Math.max(0, begin));
    const content = begin === -1 ? null : requestIn(text, begin);
    if (begin === -1) yield problem(at, 'malformed', 'Not an item of Burp Suite');
    else if (content === null) yield problem(at, 'no-request', 'The item holds no request');
    else yield rawEntry(content, at, { exact: source.options.exact, time: timeIn(text) });
  }
};

function requestIn(text: string, from: number): Buffer | null {
  const element = REQUEST.exec(text.slice(from));
  if (element === null) return null;
  const start = text.indexOf(CDATA, from + element.index);
  const end = text.indexOf(']]>', start);
  if (start === -1 || end === -1) return null;
  const content = text.slice(start + CDATA.length, end);
  return Buffer.from(content, element[1] === 'true' ? 'base64' : 'latin1');
}

/** As Java writes a date: `Sat Mar 01 10:00:00 UTC 2025`. */
function timeIn(text: string): number | null {
  const written = /<time>([^<]{1,40})<\/time>/.exec(text)?.[1];
  return written === undefined ? null : Date.parse(written);
}
