import { problem, request, type Entry, type Format } from '../entry.js';
import { withLength } from '../http/head.js';
import { lines, LONGEST_LINE } from '../records.js';
import { escapeTarget } from '../url.js';
import { compileLogFormat, type CompiledLogFormat, type LogField } from './log-format.js';

/** Access logs of nginx and Apache. They hold no bodies and few headers, and the import says so. */
export const accessLog: Format = async function* (source) {
  const format = compileLogFormat(source.options.logFormat ?? 'combined');
  for await (const { text, line, tooLong } of lines(source.chunks, LONGEST_LINE)) {
    if (tooLong) yield problem(line, 'too-long', 'The line is too long');
    else if (text.trim() !== '') yield read(text, line, format);
  }
};

function read(text: string, line: number, { pattern, groups }: CompiledLogFormat): Entry {
  const matched = pattern.exec(text);
  if (matched === null) return problem(line, 'log-format', 'The line does not have the stated log format');
  const fields: Partial<Record<LogField, string>> = {};
  for (const [i, group] of groups.entries()) {
    const value = unescapeLog(matched[i + 1] ?? '');
    if (value !== '' && value !== '-') fields[group] ??= value;
  }
  const asked = /^(\S+) (.+?)(?: HTTP\/(\d\.\d))?$/.exec(fields.request ?? '');
  const method = fields.method ?? asked?.[1];
  const target = fields.target === undefined ? asked?.[2] : fields.target + (fields.query ?? '');
  if (method === undefined || target === undefined || !/^[A-Za-z-]+$/.test(method))
    return problem(line, 'no-request', 'The line logs no request');
  const headers: [string, string][] = [['Host', fields.host ?? 'localhost']];
  const forwarded = fields.forwardedFor ?? fields.address;
  if (fields.userAgent !== undefined) headers.push(['User-Agent', fields.userAgent]);
  if (fields.referer !== undefined) headers.push(['Referer', fields.referer]);
  if (forwarded !== undefined) headers.push(['X-Forwarded-For', forwarded]);
  const sendable = headers.map(([name, value]): readonly [string, string] => [
    name,
    value.replace(/[^\t\x20-\x7e\x80-\xff]/g, ' '),
  ]);
  return request(
    line,
    {
      method,
      target: escapeTarget(Buffer.from(target, 'latin1').toString('utf8')),
      headers: withLength(sendable, null, method),
      body: null,
    },
    { time: timeOf(fields), notes: ['POST', 'PUT', 'PATCH'].includes(method) ? ['body-not-logged'] : [] },
  );
}

/** nginx writes `\x22` for odd bytes, Apache also `\"`, `\\`, `\n` and the like. */
function unescapeLog(value: string): string {
  if (!value.includes('\\')) return value;
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v', f: '\f' };
  return value.replace(/\\(?:x([0-9A-Fa-f]{2})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (named[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function timeOf({ time, timeIso, timeEpoch }: Partial<Record<LogField, string>>): number | null {
  if (timeEpoch !== undefined) return Number(timeEpoch) * 1000;
  if (timeIso !== undefined) return Date.parse(timeIso);
  const matched = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(time ?? '');
  return matched === null
    ? null
    : Date.parse(`${matched[1]} ${matched[2]} ${matched[3]} ${matched[4]} GMT${matched[5]}${matched[6]}`);
}
