import { deflateSync, inflateSync } from 'node:zlib';
import type { RequestLabels } from '../../model/index.js';
import { fromWords, toWords } from './words.js';

/** `RequestLabels` as the journal has them; `of` is two bytes a request, deflated (some two bits remain), in base64. */
export interface EncodedLabels {
  readonly names: readonly string[];
  readonly of: string;
}

export function encodeLabels(labels: readonly string[]): EncodedLabels {
  const places = new Map([...new Set(labels)].map((name, place) => [name, place]));
  return {
    names: [...places.keys()],
    of: deflateSync(toWords(labels.map((label) => places.get(label) ?? 0))).toString('base64'),
  };
}

/** @throws Error for what is no deflated base64 */
export function decodeLabels({ names, of }: EncodedLabels): RequestLabels {
  return { names, of: fromWords(inflateSync(Buffer.from(of, 'base64'))) };
}
