/** Byte order marks of the encodings that text may have. UTF-8 may also come without one. */
const MARKS = [
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), encoding: 'utf-8' },
  { mark: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { mark: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
] as const;

/** Text without a byte order mark, in UTF-8. UTF-16, as Windows writes it, is converted. */
export async function* textOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let first = true;
  for await (const chunk of chunks) {
    const marked = first ? MARKS.find(({ mark }) => chunk.subarray(0, mark.length).equals(mark)) : undefined;
    first = false;
    if (marked !== undefined && marked.encoding !== 'utf-8') decoder = new TextDecoder(marked.encoding);
    if (decoder !== null) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
    else yield chunk.subarray(marked?.mark.length ?? 0);
  }
}
