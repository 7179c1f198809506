/** The real sizes of the chunks for a body of this length: none empty, none beyond the end, the rest in one more. */
export function chunkSizes(wanted: readonly number[], bodyLength: number): readonly number[] {
  const sizes: number[] = [];
  let left = bodyLength;
  for (const size of wanted) {
    const taken = Math.min(left, Math.floor(size));
    if (taken > 0) sizes.push(taken);
    left -= Math.max(0, taken);
  }
  if (left > 0) sizes.push(left);
  return sizes;
}
