/** Small numbers, thousands or millions of them, as two bytes each, low byte first. */
export function toWords(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (let index = 0; index < values.length; index += 1) bytes.writeUInt16LE(values[index] as number, index * 2);
  return bytes;
}

export function fromWords(bytes: Buffer): Uint16Array {
  const values = new Uint16Array(bytes.length >> 1);
  for (let index = 0; index < values.length; index += 1) values[index] = bytes.readUInt16LE(index * 2);
  return values;
}
