/** A time as it is written in a cell: seconds since 1970, or since midnight if it contains no day. */
export interface Instant {
  readonly seconds: number;
  readonly withDay: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:\s*([AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`\s*(Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?`;
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

const ISO = whole(String.raw`(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\s*${CLOCK}${ZONE})?`);
const DAY_FIRST = whole(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+${CLOCK}${ZONE})?`);
const SLASHES = whole(String.raw`(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})(?:,?\s+${CLOCK}${ZONE})?`);
/** `date` prints `Fri Nov 27 20:44:08 UTC 2026`. */
const UNIX_DATE = whole(
  String.raw`(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})\s+(\d{1,2})\s+${CLOCK}(?:\s+[A-Z]{2,5})?(?:\s+(\d{4}))?`,
);
/** `27/Nov/2026:20:44:08 +0000` and `Fri, 27 Nov 2026 20:44:08 GMT`. */
const LOG_DATE = whole(String.raw`(?:[A-Za-z]{3},?\s+)?(\d{1,2})[-/ ]([A-Za-z]{3})[-/ ](\d{4})[: T]\s*${CLOCK}${ZONE}`);
const TIME_OF_DAY = whole(CLOCK);

/** A date, a date with a time, or a time of day; null for any other text. Times without a zone are taken as UTC. */
export function instantOf(given: string): Instant | null {
  const text = given.trim();
  if (!/^[\dA-Z]/.test(text) || !/[:\-./]/.test(text)) return null;
  const iso = ISO.exec(text);
  if (iso !== null) return onDay(iso, Number(iso[1]), Number(iso[2]), Number(iso[3]), 4);
  const clock = TIME_OF_DAY.exec(text);
  if (clock !== null) {
    const seconds = clockSeconds(clock, 1);
    return seconds === null ? null : { seconds, withDay: false };
  }
  const german = DAY_FIRST.exec(text);
  if (german !== null) return onDay(german, Number(german[3]), Number(german[2]), Number(german[1]), 4);
  const slashes = SLASHES.exec(text);
  if (slashes !== null) {
    const [first, second, year] = [Number(slashes[1]), Number(slashes[2]), Number(slashes[3])];
    const [month, day] = first > 12 ? [second, first] : [first, second];
    return onDay(slashes, year < 100 ? 2000 + year : year, month, day, 4);
  }
  const unix = UNIX_DATE.exec(text);
  if (unix !== null) return onDay(unix, Number(unix[8] ?? 1972), monthOf(unix[1]), Number(unix[2]), 3);
  const log = LOG_DATE.exec(text);
  if (log !== null) return onDay(log, Number(log[3]), monthOf(log[2]), Number(log[1]), 4);
  return null;
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.toLowerCase()) + 1;
}

/** The day with the time in the groups from `at` on: hours, minutes, seconds, fraction, am or pm, zone. */
function onDay(match: RegExpExecArray, year: number, month: number, day: number, at: number): Instant | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (month < 1 || month > 12 || date.getUTCDate() !== day) return null;
  const clock = match[at] === undefined ? 0 : clockSeconds(match, at);
  if (clock === null) return null;
  const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(match[at + 5] ?? '');
  const offset = zone === null ? 0 : (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 3600 + Number(zone[3]) * 60);
  return { seconds: date.getTime() / 1000 + clock - offset, withDay: true };
}

function clockSeconds(match: RegExpExecArray, at: number): number | null {
  const [hours, minutes, seconds] = [Number(match[at]), Number(match[at + 1]), Number(match[at + 2] ?? 0)];
  const half = match[at + 4]?.toLowerCase();
  if (hours > 23 || minutes > 59 || seconds > 60 || (half !== undefined && (hours < 1 || hours > 12))) return null;
  const hour = half === undefined ? hours : (hours % 12) + (half === 'p' ? 12 : 0);
  return hour * 3600 + minutes * 60 + seconds + Number(`0.${match[at + 3] ?? '0'}`);
}
