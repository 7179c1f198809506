/**
 * The limit of the slopes of three equal stretches whose differences become smaller: the limit of a geometric sequence,
 * s₃ + (s₃ − s₂) · q / (1 − q). q = (s₃ − s₂) / (s₂ − s₁) is the share of a change that remains
 * in the next stretch. An exponential beside a straight line disappears in this limit: its slopes fall by exp(−W/3τ)
 * from third to third. Domain: 0 ≤ q < 1. @throws RangeError outside it. Source: Aitken, Proc. Roy. Soc. Edinburgh 46
 * (1926).
 * @example limitSlope([-700, -300, -100], 0.5) // 100
 */
export function limitSlope([, second, third]: readonly [number, number, number], kept: number): number {
  if (!(kept >= 0 && kept < 1)) throw new RangeError(`no limit where a stretch keeps ${kept} of the change before it`);
  return third + ((third - second) * kept) / (1 - kept);
}
