/**
 * Milliseconds since 1970 of `10/Mar/2025:12:13:30 +0000`, with or without a fraction, or with `--0400`, as ModSecurity
 * 2.9.3 writes it; NaN for anything else.
 */
export function logTime(text: string): number {
  const matched = /(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d)(\.\d+)? [+-]?([+-]\d{4})/.exec(text);
  if (matched === null) return Number.NaN;
  const [, day, month, year, time, fraction = '', zone] = matched;
  return (
    Date.parse(`${day} ${month} ${year} ${time} GMT${zone}`) +
    (fraction === '' ? 0 : Math.round(Number(fraction) * 1000))
  );
}
