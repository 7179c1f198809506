import { fromWords, toWords } from './words.js';

/** Statuses of thousands of requests in one string: two bytes each, in base64. */
export function encodeStatuses(statuses: ArrayLike<number>): string {
  return toWords(statuses).toString('base64');
}

export function decodeStatuses(text: string): Uint16Array {
  return fromWords(Buffer.from(text, 'base64'));
}
