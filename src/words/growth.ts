import type { Estimate } from '../results/estimate.js';
import { decimalsFor, fixed, significant } from './numbers.js';

/** What a growth is counted in: `bytes/request`, `B/s`, `fds/request`… */
interface Unit {
  readonly bytes: boolean;
  readonly noun: string;
  readonly per: string;
}

const NOUNS: Readonly<Record<string, string>> = { fds: 'descriptors' };
const ONE: Readonly<Record<string, string>> = { descriptors: 'descriptor', threads: 'thread', sockets: 'socket' };

/** A thousandth of a descriptor means nothing to a reader, so counts are shown per 1,000 requests. */
const COUNTED_PER = 1000;

function parse(unit: string): Unit {
  const [amount = '', per = 'request'] = unit.split(/\s*\/\s*|\s+per\s+/);
  const bytes = /^(b|bytes?)$/i.test(amount.trim());
  const time = /^s(ec(onds?)?)?$/i.test(per) ? 'second' : /^h(ours?)?$/i.test(per) ? 'hour' : null;
  const one = time ?? per.replace(/^req$/i, 'request');
  return {
    bytes,
    noun: bytes ? 'B' : (NOUNS[amount.trim()] ?? amount.trim()),
    per: bytes ? one : `1,000 ${one}s`,
  };
}

/** KB are thousands of bytes, as in "32 B per request × 1,000"; MiB are used from a million bytes per request on. */
function scale(unit: Unit, size: number): { readonly symbol: string; readonly factor: number } {
  if (!unit.bytes) return { symbol: unit.noun, factor: 1 / COUNTED_PER };
  if (size < 1000) return { symbol: unit.noun, factor: 1 };
  return size < 1e6 ? { symbol: 'KB', factor: 1000 } : { symbol: 'MiB', factor: 1024 ** 2 };
}

/**
 * The unit in which a picture shows growth of this size (`KB per request`), and the number by which its values are
 * divided.
 */
export function growthScale(size: number, unit: string): { readonly symbol: string; readonly factor: number } {
  const { symbol, factor } = scale(parse(unit), Math.abs(size));
  return { symbol: `${symbol} ${perWhat(unit)}`, factor };
}

/** What is counted on an axis of levels: `descriptors`. */
export function counted(unit: string): string {
  return parse(unit).noun;
}

/** `5.22 KB per request`, `1 descriptor per 1,000 requests` */
export function growth(value: number, unit: string): string {
  return `${amount(value, unit)} ${perWhat(unit)}`;
}

/** The same for a narrow column: `5.22 KB` */
export function amount(value: number, unit: string): string {
  const parsed = parse(unit);
  const { symbol, factor } = scale(parsed, Math.abs(value));
  // Less than a hundredth of a byte is shown as 0.
  const number = significant(parsed.bytes && Math.abs(value) < 0.01 ? 0 : value / factor);
  return `${number} ${number === '1' ? (ONE[symbol] ?? symbol) : symbol}`;
}

/** `B per request`: what a column of `amount` is per. */
export function perWhat(unit: string): string {
  return `per ${parse(unit).per}`;
}

export interface EstimateText {
  /** `5.220 KB` */
  readonly value: string;
  /** `5.180 to 5.260 KB` */
  readonly interval: string;
  /** `5.260 KB`: the interval's upper end. */
  readonly highest: string;
  /** `5.220 KB (5.180 to 5.260)` */
  readonly whole: string;
  /** `per request` */
  readonly per: string;
  /** `95 %` */
  readonly confidence: string;
  /** With as many digits as its interval allows, the value is 0. */
  readonly isZero: boolean;
}

/** A value and its interval in one unit, with as many digits as the width of the interval allows. */
export function estimate({ value, lower, upper, confidence }: Estimate, unit: string): EstimateText {
  const parsed = parse(unit);
  const { symbol, factor } = scale(parsed, Math.max(...[value, lower, upper].filter(Number.isFinite).map(Math.abs), 0));
  const width = (upper - lower) / factor;
  const decimals =
    width > 0 && Number.isFinite(width) ? Math.min(decimalsFor(width, 2), 6) : decimalsFor(value / factor, 3);
  const text = (number: number): string => fixed(number / factor, decimals);
  return {
    value: `${text(value)} ${symbol}`,
    interval: `${text(lower)} to ${text(upper)} ${symbol}`,
    highest: `${text(upper)} ${symbol}`,
    whole: `${text(value)} ${symbol} (${text(lower)} to ${text(upper)})`,
    per: `per ${parsed.per}`,
    confidence: `${significant(confidence * 100, 4)} %`,
    isZero: Number((value / factor).toFixed(decimals)) === 0,
  };
}

/** `5.22 KB (5.18 to 5.26)`, or a text that says that there is no value. */
export function estimateOr(nullable: Estimate | null, unit: string, absent = 'not measured'): string {
  return nullable === null ? absent : estimate(nullable, unit).whole;
}
