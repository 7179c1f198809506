import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  lines,
  LONGEST_LINE,
  problem,
  request,
  targetOf,
  userOf,
  valueOf,
  withLength,
  type Entry,
  type Format,
} from '../requests/index.js';

interface Target {
  readonly line: number;
  readonly method: string;
  readonly url: string;
  readonly headers: (readonly [string, string])[];
  body: Buffer | null;
}

/**
 * vegeta's targets in its HTTP format (`METHOD URL`, headers, `@body-file`), or in its JSON format, one object per
 * line.
 */
export const vegeta: Format = async function* (source) {
  let target: Target | null = null;
  let skipping = false;
  for await (const { text, line, tooLong } of lines(source.chunks, LONGEST_LINE)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The line is too long');
      [target, skipping] = [null, true];
      continue;
    }
    const trimmed = text.trim();
    if (trimmed.startsWith('#')) continue;
    if (trimmed.startsWith('{')) {
      yield readJson(trimmed, line);
      continue;
    }
    const first = /^([A-Z]+) (\S+)$/.exec(trimmed);
    if (trimmed === '' || first !== null) {
      if (target !== null) yield finish(target);
      target =
        first === null ? null : { line, method: first[1] as string, url: first[2] as string, headers: [], body: null };
      skipping = false;
    } else if (target === null) {
      if (!skipping) yield problem(line, 'malformed', 'Not a vegeta target: it does not begin with "METHOD URL"');
      skipping = true;
    } else if (trimmed.startsWith('@')) {
      const file = resolve(dirname(source.file), trimmed.slice(1));
      try {
        target.body = await readFile(file);
      } catch {
        yield problem(line, 'body-missing', `The body file ${trimmed.slice(1)} cannot be read`);
        [target, skipping] = [null, true];
      }
    } else {
      const header = /^([^:\s]+):\s*(.*)$/.exec(trimmed);
      if (header === null) {
        yield problem(line, 'malformed', 'Not a header of a vegeta target');
        [target, skipping] = [null, true];
      } else target.headers.push([header[1] as string, header[2] as string]);
    }
  }
  if (target !== null) yield finish(target);
};

function finish({ line, method, url, headers, body }: Target): Entry {
  const at = targetOf(Buffer.from(url, 'latin1').toString('utf8'));
  if (at === null) return problem(line, 'not-http', 'The URL of the target is not absolute');
  // Go's client sends the user information of a URL as Basic authorization.
  const user = userOf(url);
  const basic = user === null || valueOf(headers, 'authorization') !== null ? null : basicOf(user);
  const hosted = headers.some(([name]) => name.toLowerCase() === 'host')
    ? headers
    : [['Host', at.host] as const, ...headers];
  const content = body === null || body.length === 0 ? null : body;
  return request(line, {
    method,
    target: at.target,
    headers: withLength(basic === null ? hosted : [...hosted, basic], content, method),
    body: content,
  });
}

function basicOf(user: string): readonly [string, string] {
  const pair = user.includes(':') ? user : `${user}:`;
  return ['Authorization', `Basic ${Buffer.from(pair, 'latin1').toString('base64')}`];
}

function readJson(text: string, line: number): Entry {
  try {
    const { method, url, body, header } = JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) as {
      method: string;
      url: string;
      body?: string;
      header?: Record<string, string[]>;
    };
    if (typeof method !== 'string' || typeof url !== 'string')
      return problem(line, 'no-request', 'The target has no method or no url');
    const headers = Object.entries(header ?? {}).flatMap(([name, values]) =>
      values.map((value) => [name, Buffer.from(value, 'utf8').toString('latin1')] as const),
    );
    if (body !== undefined && Buffer.from(body, 'base64').toString('base64') !== body)
      return problem(line, 'malformed', 'The body of the target is not base64');
    return finish({
      line,
      method,
      url: Buffer.from(url, 'utf8').toString('latin1'),
      headers,
      body: body === undefined ? null : Buffer.from(body, 'base64'),
    });
  } catch {
    return problem(line, 'malformed', 'The target is not valid JSON');
  }
}
