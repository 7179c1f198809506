import { COUNTS, countsRequests, memoryRank, metricName, timeRank } from '../series/index.js';
import { csvHead, fieldsOf, type CsvHead } from './csv-header.js';
import { isInfluxLine } from './read-influx.js';
import { holdsPairs } from './read-key-values.js';
import { isPrometheus } from './read-prometheus.js';
import { isHeader } from './read-screen.js';
import { isVictoria } from './read-victoria.js';

/** The format of a file, recognised by its first lines. */
export type Format =
  | { readonly kind: 'csv'; readonly head: CsvHead }
  | { readonly kind: 'json' | 'json-lines' | 'victoria' | 'influx' | 'mprof' | 'key-values' | 'screen' | 'empty' };

const is = (kind: Exclude<Format['kind'], 'csv'>): Format => ({ kind });

/** Recognises a file by its first lines. `whole`: there are no more lines. */
export function recognise(head: string, whole: boolean): Format {
  const text = head.replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\n|\r/);
  // The last line of a piece is most likely incomplete.
  const full = whole ? lines : lines.slice(0, -1);
  const [first = ''] = full.filter((line) => line.trim() !== '');
  if (text.trim() === '') return is('empty');
  if (/^\s*(?:\{|\[\s*[{["\]])/.test(text)) return is(jsonKind(first, full));
  if (isInfluxLine(first)) return is('influx');
  if (full.some((line) => /^MEM \d/.test(line))) return is('mprof');
  const csv = csvHead(full);
  const header = csv === null ? '' : (full[csv.line - 1] ?? '');
  if (csv !== null && csv.hasHeader && saysSomething(header, csv) && !holdsPairs(header))
    return { kind: 'csv', head: csv };
  if (full.some((line) => isHeader(line.replace(/^#\s*/, '')) && !/[,;\t|]/.test(line))) return is('screen');
  if (full.some(holdsPairs)) return is('key-values');
  return csv === null ? is('screen') : { kind: 'csv', head: csv };
}

/** One document, or one object per line. If the first line is a whole document, its content decides. */
function jsonKind(first: string, lines: readonly string[]): Exclude<Format['kind'], 'csv'> {
  const value = parsed(first);
  if (isVictoria(value) || first === '') return /^\s*\{"metric"/.test(first) || isVictoria(value) ? 'victoria' : 'json';
  if (value === undefined) return /^\s*\{?\s*[A-Za-z]\w*:/.test(lines.slice(0, 3).join(' ')) ? 'key-values' : 'json';
  const more = lines.filter((line) => line.trim() !== '').length > 1;
  return more && !isPrometheus(value) ? 'json-lines' : 'json';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a header has a known name: a time, memory, requests, a count, or a series of Prometheus. */
function saysSomething(header: string, { delimiter }: CsvHead): boolean {
  return fieldsOf(header.replace(/^#\s*/, ''), delimiter).some((field) => {
    const name = field.trim();
    return (
      timeRank(name) !== null ||
      memoryRank(name) !== null ||
      countsRequests(name) ||
      COUNTS.has(metricName(name, false))
    );
  });
}
