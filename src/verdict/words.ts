/** Numbers for sentences; no locale is consulted, so that a verdict reads the same on every host. */

export function count(value: number): string {
  return fixed(value, 0);
}

function fixed(value: number, decimals: number): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Three significant digits at most. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : 'unknown';
  if (value === 0) return '0';
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  const text = fixed(value, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `5.22 KB`: a growth's amount, thousands as in "bytes × 1,000 requests"; other nouns as they are. */
export function amount(value: number, noun: string): string {
  if (noun !== 'bytes') return `${short(value)} ${noun}`;
  const size = Math.abs(value);
  if (size >= 1e6) return `${short(value / 1024 ** 2)} MiB`;
  return size >= 1000 ? `${short(value / 1000)} KB` : `${short(value)} B`;
}

/** A level of memory: `61.4 MiB`; a level of anything else: `412`. */
export function level(value: number, metric: string): string {
  if (!metric.endsWith('_bytes')) return short(value);
  return Math.abs(value) >= 1024 ** 2 ? `${short(value / 1024 ** 2)} MiB` : `${short(value / 1024)} KiB`;
}

/** `5.22 KB per request` of the unit `bytes/request`. */
export function growthWords(value: number, unit: string): string {
  const [noun = '', per = 'request'] = unit.split('/');
  return `${amount(value, noun)} per ${per === 's' ? 'second' : per}`;
}

/** `5.2 to 5.26 KB`: both ends in the unit of the larger. */
export function rangeWords(lower: number, upper: number, unit: string): string {
  const [noun = ''] = unit.split('/');
  const size = Math.max(Math.abs(lower), Math.abs(upper));
  if (noun !== 'bytes') return `${short(lower)} to ${short(upper)} ${noun}`;
  const [factor, symbol] = size >= 1e6 ? [1024 ** 2, 'MiB'] : size >= 1000 ? [1000, 'KB'] : [1, 'B'];
  return `${short(lower / factor)} to ${short(upper / factor)} ${symbol}`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${count(Math.ceil(seconds))} seconds`;
  if (seconds < 5400) return `${count(Math.ceil(seconds / 60))} minutes`;
  if (seconds < 172_800) return `${short(seconds / 3600)} hours`;
  if (seconds < 63_072_000) return `${short(seconds / 86_400)} days`;
  return seconds < 6.3e9 ? `${short(seconds / 31_557_600)} years` : 'more than 200 years';
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a, b and c` */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
