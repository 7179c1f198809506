/**
 * The argument between `from` and `to` at which a cost with one minimum is least, to 1e-8 of the distance. Domain:
 * finite costs. Source: Kiefer, Proc. Amer. Math. Soc. 4 (1953).
 * @example goldenSection((x) => (x - 2) ** 2, 0, 5) // 2.0000
 */
export function goldenSection(cost: (value: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  for (let step = 0; step < 40; step += 1) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (cost(left) < cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
