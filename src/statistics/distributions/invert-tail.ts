/**
 * The argument x > 0 at which a falling tail probability equals `probability`: bisection on ln x until the bracket is
 * one rounding error wide. This is slow and reliable; a run needs a few hundred quantiles. Domain: 0 < probability <
 * tail(0).
 * @throws RangeError if no such x is a double.
 */
export function invertTail(tail: (x: number) => number, probability: number): number {
  let low = -1;
  let high = 1;
  while (tail(Math.exp(low)) < probability) {
    low *= 2;
    if (low < -700) return 0;
  }
  while (tail(Math.exp(high)) > probability) {
    high *= 2;
    if (high > 700) throw new RangeError(`no quantile for tail probability ${probability}`);
  }
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (tail(Math.exp(middle)) > probability) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
