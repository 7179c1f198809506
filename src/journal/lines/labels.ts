import { deflateSync, inflateSync } from 'node:zlib';
import type { RequestLabels } from '../../model/index.js';
import { fromWords, toWords } from './words.js';

/** Labels of more requests than this are not unpacked; they would need more than 256 MiB. */
const MOST_LABELS = 2 ** 27;

/**
 * `RequestLabels` in the form of the journal. `of` has two bytes per request, deflated (about two bits remain), in
 * base64.
 */
export interface EncodedLabels {
  readonly names: readonly string[];
  readonly of: string;
}

/** @param requests how many labels there are */
export function encodeLabels(labels: Iterable<string>, requests: number): EncodedLabels {
  const places = new Map<string, number>();
  const of = new Uint16Array(requests);
  let index = 0;
  for (const label of labels) {
    const place = places.get(label) ?? places.size;
    if (place === places.size) places.set(label, place);
    of[index++] = place;
  }
  return { names: [...places.keys()], of: deflateSync(toWords(of)).toString('base64') };
}

/**
 * @param requests number of requests of the trace: data that unpacks to more is refused
 * @throws Error if it is not deflated base64, if the number of labels differs, and for labels without a name
 */
export function decodeLabels({ names, of }: EncodedLabels, requests: number): RequestLabels {
  if (requests > MOST_LABELS) throw new Error('more labels than can be held');
  // Node does not accept 0 as a limit.
  const bytes = inflateSync(Buffer.from(of, 'base64'), { maxOutputLength: Math.max(1, 2 * requests) });
  const places = fromWords(bytes);
  if (places.length !== requests) throw new Error('not one label for each request');
  if (places.some((place) => place >= names.length)) throw new Error('a label without a name');
  return { names, of: places };
}
