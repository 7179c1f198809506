/** Statuses of thousands of requests in one string: two bytes each, low byte first, in base64. */
export function encodeStatuses(statuses: readonly number[]): string {
  const bytes = Buffer.alloc(statuses.length * 2);
  statuses.forEach((status, index) => bytes.writeUInt16LE(status, index * 2));
  return bytes.toString('base64');
}

export function decodeStatuses(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16LE(index * 2));
}
