import type { SeriesColumn } from '../../model/index.js';

const CHUNK = 4096;

/**
 * Numbers that come one by one, kept in chunks of 16 or 32 KiB. Nothing is copied while the column grows, and at most
 * one chunk is partly empty.
 */
export interface GrowingColumn {
  push(value: number): void;
  /** All numbers in one array; the chunks are freed. */
  finish(): SeriesColumn;
}

/** @param missing this many NaN come first: the metric was not read until now */
export function growingColumn(missing = 0): GrowingColumn {
  let chunks: SeriesColumn[] = [];
  let chunk: SeriesColumn = new Float32Array(0);
  let length = 0;
  let exact = true;
  const push = (value: number): void => {
    const offset = length % CHUNK;
    if (offset === 0) chunks.push((chunk = new Float32Array(CHUNK)));
    chunk[offset] = value;
    if (chunk[offset] !== value && !Number.isNaN(value)) {
      // This number needs more than 32 bits: from here on the chunk has 64.
      exact = false;
      chunks[chunks.length - 1] = chunk = Float64Array.from(chunk);
      chunk[offset] = value;
    }
    length += 1;
  };
  for (let index = 0; index < missing; index += 1) push(Number.NaN);
  return {
    push,
    finish: () => {
      const whole = exact ? new Float32Array(length) : new Float64Array(length);
      chunks.forEach((part, index) =>
        whole.set(index === chunks.length - 1 ? part.subarray(0, length - index * CHUNK) : part, index * CHUNK),
      );
      chunks = [];
      return whole;
    },
  };
}
