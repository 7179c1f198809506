/** The chunked coding (RFC 9112, section 7.1) with chunks of the given sizes. */
export function encodeChunks(body: Uint8Array | null, sizes: readonly number[]): Buffer {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const size of sizes) {
    pieces.push(
      Buffer.from(`${size.toString(16)}\r\n`, 'latin1'),
      (body as Uint8Array).subarray(offset, offset + size),
      Buffer.from('\r\n', 'latin1'),
    );
    offset += size;
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n', 'latin1')]);
}

/** Reads back what `encodeChunks` wrote. */
export function decodeChunks(bytes: Buffer): { readonly body: Buffer | null; readonly sizes: readonly number[] } {
  const pieces: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', offset, 'latin1');
    const size = lineEnd === -1 ? 0 : Number.parseInt(bytes.toString('latin1', offset, lineEnd), 16);
    if (!(size > 0)) break;
    pieces.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
  return { body: pieces.length === 0 ? null : Buffer.concat(pieces), sizes: pieces.map(({ length }) => length) };
}
