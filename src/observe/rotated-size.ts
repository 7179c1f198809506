/**
 * Bytes that were written to a log, from the size of its file at each look. A file that is smaller than before was
 * replaced by a new one. What was written to the old one after the last look is not known and not counted.
 * @example const bytes = rotatedSize(); [bytes(90), bytes(100), bytes(30)] // [90, 100, 130]
 */
export function rotatedSize(): (size: number | null) => number | undefined {
  let [before, last] = [0, 0];
  return (size) => {
    if (size === null) return undefined;
    if (size < last) before += last;
    last = size;
    return before + size;
  };
}
