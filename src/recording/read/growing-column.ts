const CHUNK = 4096;

/** Numbers that come one by one, kept in chunks of 32 KiB: nothing is copied while it grows, and at most one chunk is empty. */
export interface GrowingColumn {
  push(value: number): void;
  /** The numbers in one piece; the chunks are let go. */
  finish(): Float64Array;
}

/** @param missing so many NaN come first: a metric that was not read until now */
export function growingColumn(missing = 0): GrowingColumn {
  let chunks: Float64Array[] = [];
  let length = 0;
  const push = (value: number): void => {
    const offset = length % CHUNK;
    if (offset === 0) chunks.push(new Float64Array(CHUNK));
    chunks[chunks.length - 1]![offset] = value;
    length += 1;
  };
  for (let index = 0; index < missing; index += 1) push(Number.NaN);
  return {
    push,
    finish: () => {
      const whole = new Float64Array(length);
      chunks.forEach((chunk, index) => whole.set(index === chunks.length - 1 ? chunk.subarray(0, length - index * CHUNK) : chunk, index * CHUNK));
      chunks = [];
      return whole;
    },
  };
}
