/** Production as the operator states it. */
export interface ProductionLoad {
  readonly ratePerSecond: number;
  /** Memory that may be lost before somebody must act. */
  readonly headroomBytes: number;
  /** How long the service must last between restarts. */
  readonly surviveSeconds: number;
}

/**
 * The growth that uses up the headroom exactly at the end of the horizon, bytes per request: headroom / (rate ×
 * horizon).
 * Domain: all positive and finite. @throws RangeError outside it.
 */
export function productionMargin(load: ProductionLoad): number {
  const margin = load.headroomBytes / (load.ratePerSecond * load.surviveSeconds);
  if (!(margin > 0) || !Number.isFinite(margin)) throw new RangeError('headroom, rate and horizon must be positive');
  return margin;
}

/** Seconds until `headroomBytes` are used at this growth and rate; Infinity where memory does not grow. */
export function secondsToLimit(bytesPerRequest: number, ratePerSecond: number, headroomBytes: number): number {
  return bytesPerRequest > 0 && ratePerSecond > 0
    ? Math.max(0, headroomBytes) / (bytesPerRequest * ratePerSecond)
    : Infinity;
}
