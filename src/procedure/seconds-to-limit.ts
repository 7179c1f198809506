/** Seconds until `headroomBytes` are used at this growth and rate; Infinity if memory does not grow. */
export function secondsToLimit(bytesPerRequest: number, ratePerSecond: number, headroomBytes: number): number {
  return bytesPerRequest > 0 && ratePerSecond > 0
    ? Math.max(0, headroomBytes) / (bytesPerRequest * ratePerSecond)
    : Infinity;
}
