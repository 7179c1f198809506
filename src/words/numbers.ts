/** Numbers for people. They do not depend on the locale: the same value looks the same on every host. */

const MIB = 1024 ** 2;

/** A number with a fixed count of decimals and thousands separators. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '-∞' : 'not measured';
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Decimals that show `digits` significant digits of a number of this size. */
export function decimalsFor(size: number, digits: number): number {
  if (!Number.isFinite(size) || size === 0) return 0;
  return Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(size)))));
}

/** `5.22`, `0.0123`. Zeros at the end appear only if something was rounded. */
export function significant(value: number, digits = 3): string {
  const decimals = decimalsFor(value, digits);
  const exact = Number(value.toFixed(decimals)) === value;
  const text = fixed(value, decimals);
  return exact && decimals > 0 ? text.replace(/\.?0+$/, '') : text;
}

export function count(value: number): string {
  return fixed(value, 0);
}

export function percent(share: number): string {
  return `${significant(share * 100, 2)} %`;
}

/** Memory as a level: KiB, MiB or GiB (powers of 1024). */
export function memory(bytes: number): string {
  const size = Math.abs(bytes);
  if (size < 1024) return `${fixed(bytes, 0)} B`;
  if (size < MIB) return `${significant(bytes / 1024)} KiB`;
  if (size < 1024 * MIB) return `${significant(bytes / MIB)} MiB`;
  return `${significant(bytes / MIB / 1024)} GiB`;
}

const SPANS = [
  { below: 90, unit: 'second', seconds: 1 },
  { below: 90 * 60, unit: 'minute', seconds: 60 },
  { below: 48 * 3600, unit: 'hour', seconds: 3600 },
  { below: 730 * 86_400, unit: 'day', seconds: 86_400 },
  { below: 200 * 31_557_600, unit: 'year', seconds: 31_557_600 },
] as const;

type Span = (typeof SPANS)[number];

const spanOf = (seconds: number): Span | null => SPANS.find(({ below }) => seconds < below) ?? null;

function inSpan(seconds: number, span: Span): string {
  const amount = seconds / span.seconds;
  return amount < 10 && span.unit !== 'second' ? significant(amount, 2).replace(/\.0$/, '') : fixed(amount, 0);
}

/** A length of time in words: `45 seconds`, `35 minutes`, `3.4 hours`. */
export function duration(seconds: number): string {
  const span = spanOf(seconds);
  if (span === null) return 'more than 200 years';
  const text = inSpan(seconds, span);
  return `${text} ${span.unit}${text === '1' ? '' : 's'}`;
}

/** A length of time for an axis: `45 s`, `2.5 min`, `3 h`, `4 d`. */
export function shortTime(seconds: number): string {
  const [unit, length] =
    seconds < 90 ? ['s', 1] : seconds < 5400 ? ['min', 60] : seconds < 172_800 ? ['h', 3600] : ['d', 86_400];
  return `${significant(seconds / length, 2)} ${unit}`;
}

/**
 * A range of times: `5.2 to 6.3 minutes`, `40 minutes to 3.4 hours`, or `about 35 minutes` if both ends look the same.
 */
export function durationRange(shortest: number, longest: number): string {
  const [from, to] = [spanOf(shortest), spanOf(longest)];
  if (from === null) return duration(shortest);
  if (to === null || shortest < to.seconds) return `${duration(shortest)} to ${duration(longest)}`;
  const text = inSpan(shortest, to);
  return text === inSpan(longest, to) ? `about ${duration(longest)}` : `${text} to ${duration(longest)}`;
}

/** `1 replicate`, `3 replicates`. */
export function plural(number: number, noun: string, many = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : many}`;
}

/** `a, b and c` */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
