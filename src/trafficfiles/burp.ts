import { newlines, problem, splitAt, textOf, type Entry, type Format } from '../requests/index.js';
import { rawEntry } from './raw-http.js';

const END = Buffer.from('</item>');
const REQUEST = /<request(?:\s+base64="(true|false)")?\s*>/;
const REQUEST_END = '</request>';

/** The text around items: the head of the file, an empty list, and its end. */
const AROUND = /^\s*(?:<\?xml[^>]*>\s*<!DOCTYPE[^]*?\]>\s*<items[^>]*>\s*)?(?:<\/items>\s*)?$/;

/** Items that Burp Suite saves as XML: the bytes of each request, in base64 or as they are. */
export const burp: Format = async function* (source) {
  for await (const { bytes, line, tooLong, ended } of splitAt(textOf(source.chunks), END)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The item is too long');
      continue;
    }
    const text = bytes.toString('latin1');
    const begin = text.search(/<item[\s>]/);
    // The text before the first item and after the last one.
    if (begin === -1 && AROUND.test(text)) continue;
    const at = line + newlines(bytes, 0, Math.max(0, begin));
    const content = begin === -1 ? null : requestIn(text, begin);
    const cut = begin !== -1 && !ended;
    if (begin === -1) yield problem(at, 'malformed', 'Not an item of Burp Suite');
    else if (content === null && !cut) yield problem(at, 'no-request', 'The item has no request');
    else if (content === null) yield problem(at, 'cut-short', 'The file is cut short in the request of the item');
    else yield timed(rawEntry(content, at, { exact: source.options.exact, time: timeIn(text) }), text);
    // The request is whole, and it is not known what came after its item.
    if (cut && content !== null) yield problem(at, 'cut-short', 'The file is cut short in the answer of the item');
  }
};

function requestIn(text: string, from: number): Buffer | null {
  const element = REQUEST.exec(text.slice(from));
  if (element === null) return null;
  const start = from + element.index + element[0].length;
  const end = text.indexOf(REQUEST_END, start);
  if (end === -1) return null;
  const content = contentOf(text.slice(start, end));
  return Buffer.from(content, element[1] === 'true' ? 'base64' : 'latin1');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of an element: sections of CDATA as they are, entities outside of them replaced. */
function contentOf(inside: string): string {
  return inside
    .split(/<!\[CDATA\[([^]*?)\]\]>/)
    .map((piece, i) => (i % 2 === 1 ? piece : outside(piece, inside.includes('<![CDATA['))))
    .join('');
}

/** Between sections there are only the spaces of the writer; without any section the text is the content. */
function outside(text: string, sections: boolean): string {
  if (sections && text.trim() === '') return '';
  return text.replace(
    /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal));
    },
  );
}

/** Hours from UTC of zones whose short name means only one zone. `IST`, `CST` or `BST` may mean several. */
const ZONES: Readonly<Record<string, string>> = {
  WET: '+0000',
  WEST: '+0100',
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  MSK: '+0300',
  JST: '+0900',
  KST: '+0900',
  AEST: '+1000',
  AEDT: '+1100',
  NZST: '+1200',
  NZDT: '+1300',
};

const TIME = /<time>([^<]{1,40})<\/time>/;

/** A date in the form of Java: `Sat Mar 01 10:00:00 UTC 2025`. */
function timeIn(text: string): number | null {
  const written = TIME.exec(text)?.[1];
  const [, day, clock, zone = '', year] = /^\w{3} (\w{3} \d\d) ([\d:]{8}) (\S+) (\d{4})$/.exec(written ?? '') ?? [];
  if (zone === 'CST' || zone === 'CDT' || zone === 'MST' || zone === 'MDT') return null;
  return written === undefined
    ? null
    : Date.parse(Object.hasOwn(ZONES, zone) ? `${day} ${year} ${clock} ${ZONES[zone]}` : written);
}

/** Adds a note if there is a time that cannot be read. */
function timed(entry: Entry, text: string): Entry {
  const unread = entry.kind === 'request' && entry.time === null && TIME.test(text);
  return unread ? { ...entry, notes: [...entry.notes, 'time-unread'] } : entry;
}
