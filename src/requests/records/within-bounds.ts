/** So much may be unpacked from any file. */
const FREE_BYTES = 256 * 1024 ** 2;
/** Logs pack to a hundredth at best; what packs better than this was made to fill a disk or a day. */
const MOST_TIMES = 500;

/**
 * What is unpacked from so many packed bytes, a piece at a time, up to 256 MiB or 500 times as much.
 * @throws the error that `refuse` makes, if it is more
 * @example
 *   for await (const piece of withinBounds(unpacked, size, () => new Error('too much'))) read(piece);
 */
export async function* withinBounds(
  unpacked: AsyncIterable<Buffer>,
  packedBytes: number,
  refuse: () => Error,
): AsyncGenerator<Buffer> {
  const most = Math.max(FREE_BYTES, MOST_TIMES * packedBytes);
  let bytes = 0;
  for await (const piece of unpacked) {
    bytes += piece.length;
    if (bytes > most) throw refuse();
    yield piece;
  }
}
