/** The text of a file in pieces: UTF-8, or UTF-16 as PowerShell's `>` writes it. A byte-order mark is removed. */
export async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let head = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (decoder === null) {
      head = Buffer.concat([head, piece]);
      if (head.length < 4) continue;
      decoder = new TextDecoder(encodingOf(head));
      yield decoder.decode(head, { stream: true });
    } else yield decoder.decode(piece, { stream: true });
  }
  yield decoder === null ? new TextDecoder().decode(head) : decoder.decode();
}

/** Recognised by its mark, or by the zero bytes of plain letters in UTF-16. */
function encodingOf(head: Uint8Array): string {
  const [first, second, third, fourth] = head;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0)) return 'utf-16be';
  return 'utf-8';
}
