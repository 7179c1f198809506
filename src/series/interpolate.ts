/**
 * Values read at the times of one clock, converted to the times of another: on straight lines between known points, NaN
 * outside of them.
 */
export function interpolated(
  time: ArrayLike<number>,
  values: ArrayLike<number>,
  wanted: ArrayLike<number>,
): Float64Array {
  const known: number[] = [];
  for (let row = 0; row < time.length; row += 1) if (Number.isFinite(values[row])) known.push(row);
  let next = 0;
  return Float64Array.from(wanted, (at) => {
    while (next < known.length && (time[known[next] as number] as number) < at) next += 1;
    const after = known[next];
    const before = known[next - 1];
    if (after === undefined) return Number.NaN;
    const [t1, v1] = [time[after] as number, values[after] as number];
    if (t1 === at) return v1;
    if (before === undefined) return Number.NaN;
    const [t0, v0] = [time[before] as number, values[before] as number];
    return v0 + ((v1 - v0) * (at - t0)) / (t1 - t0);
  });
}
