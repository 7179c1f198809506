/** A time for the name of a folder, UTC to the second: `20261121-204501`. Names sort by it. */
export function timeStamp(at: Date): string {
  return at.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
}
