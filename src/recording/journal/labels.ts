import { deflateSync, inflateSync } from 'node:zlib';
import type { RequestLabels } from '../../model/index.js';
import { fromWords, toWords } from './words.js';

/** Labels of more requests than this are not unpacked: 256 MiB of them. */
const MOST_LABELS = 2 ** 27;

/** `RequestLabels` as the journal has them; `of` is two bytes a request, deflated (some two bits remain), in base64. */
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
 * @param requests how many requests the trace has: what unpacks to more is not unpacked
 * @throws Error for what is no deflated base64, for another number of labels, and for labels without a name
 */
export function decodeLabels({ names, of }: EncodedLabels, requests: number): RequestLabels {
  if (requests > MOST_LABELS) throw new Error('more labels than can be held');
  // Node refuses 0 as a limit.
  const bytes = inflateSync(Buffer.from(of, 'base64'), { maxOutputLength: Math.max(1, 2 * requests) });
  const places = fromWords(bytes);
  if (places.length !== requests) throw new Error('not one label for each request');
  if (places.some((place) => place >= names.length)) throw new Error('a label without a name');
  return { names, of: places };
}
