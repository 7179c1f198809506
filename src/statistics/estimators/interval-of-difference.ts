/** A value with an interval around it, in the value's own unit. */
export interface ValueWithInterval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The difference of two independent values, from their own intervals of one confidence: each end is as far from the
 * difference as the root of the sum of the squares of the two distances. With few replicates this is a little wider
 * than Welch's interval. Domain: intervals that contain their values.
 * @throws RangeError outside it.
 * Source: Zou and Donner, Statistics in Medicine 27 (2008), "MOVER"; docs/method.md#step-13-releases
 */
export function intervalOfDifference(one: ValueWithInterval, other: ValueWithInterval): ValueWithInterval {
  for (const { value, lower, upper } of [one, other])
    if (!(lower <= value && value <= upper)) throw new RangeError(`${value} is not in ${lower} to ${upper}`);
  const value = one.value - other.value;
  return {
    value,
    lower: value - Math.hypot(one.value - one.lower, other.upper - other.value),
    upper: value + Math.hypot(one.upper - one.value, other.value - other.lower),
  };
}
