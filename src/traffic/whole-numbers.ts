/**
 * The nearest whole numbers to `wanted` with the sum `total`, by largest remainder. Domain: `wanted` ≥ 0, with the
 * sum `total`.
 */
export function wholeNumbers(wanted: readonly number[], total: number): number[] {
  const whole = wanted.map(Math.floor);
  const byRemainder = [...wanted.keys()].sort(
    (a, b) => remainder(wanted[b] as number) - remainder(wanted[a] as number) || a - b,
  );
  for (const i of byRemainder.slice(0, total - sum(whole))) whole[i] = (whole[i] as number) + 1;
  return whole;
}

const remainder = (value: number): number => value - Math.floor(value);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
