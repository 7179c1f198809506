import { nearest } from '../../words/nearest.js';
import type { Field } from './csv-records.js';
import { seriesError } from './fault.js';

const TIME_NAMES = ['time_s', 'time', 'seconds', 'elapsed_s', 'timestamp', 't'];
const REQUEST_NAMES = ['requests', 'requests_total', 'answered'];

/** Which column holds what. */
export interface Header {
  readonly names: readonly string[];
  readonly time: number;
  /** Null where nobody counted requests. */
  readonly requests: number | null;
  /** Metric name → column. */
  readonly metrics: ReadonlyMap<string, number>;
}

function indexOf(names: readonly string[], wanted: readonly string[]): number | null {
  for (const name of wanted) {
    const index = names.findIndex((given) => given.toLowerCase() === name);
    if (index >= 0) return index;
  }
  return null;
}

/**
 * Reads the header line. @throws SlopegateError SERIES_INVALID for a header without time, with a name twice, or for
 * none at all
 */
export function readHeader(fields: readonly Field[], file: string): Header {
  const names = fields.map(({ text }) => text);
  const [first] = fields;
  const place = (index: number): string => `${file}:${fields[index]?.line ?? 1}:${fields[index]?.column ?? 1}`;
  if (first === undefined || names.every((name) => name !== '' && Number.isFinite(Number(name)))) {
    throw seriesError(
      'there is no header line',
      place(0),
      'begin the file with the names of its columns: time_s,requests,anon_bytes',
    );
  }
  const twice = names.findIndex((name, index) => name !== '' && names.indexOf(name) < index);
  if (twice >= 0)
    throw seriesError(`column "${names[twice]}" is there twice`, place(twice), 'give every column a name of its own');
  const time = indexOf(names, TIME_NAMES);
  if (time === null) {
    const meant = names.find((name) => nearest(name, ['time_s', 'seconds', 'timestamp']) !== null);
    throw seriesError(
      'there is no column time_s',
      place(0),
      `${meant === undefined ? '' : `is it "${meant}"? Name it time_s. `}Columns: ${names.join(', ')}`,
    );
  }
  const requests = indexOf(names, REQUEST_NAMES);
  const metrics = new Map(
    names
      .map((name, index) => [name, index] as const)
      .filter(([name, index]) => name !== '' && index !== time && index !== requests),
  );
  return { names, time, requests, metrics };
}
