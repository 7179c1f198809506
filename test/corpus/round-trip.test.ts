import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS, type FormatName } from '../../src/corpus/formats.js';
import { createWireReplayer } from '../../src/replay/index.js';
import { decodeCorpusLine, encodeCorpusLine } from '../../src/traffic/index.js';
import { startRecordingServer } from '../replay/recording-server.js';
import { jobOf } from '../replay/traces.js';
import { importing } from './importing.js';
import { traceOfCorpus } from './trace-of-corpus.js';

/** A request as it was once sent; text is a byte string. */
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Made here and not with the encoder of the engine: what must come out is what once went in. */
function bytesOf({ method, target, headers, body }: Sent): string {
  return (
    `${method} ${target} ` +
    `HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
  );
}

/** What a format cannot tell apart is not asked of it. */
interface Limits {
  readonly target?: RegExp;
  readonly body?: fc.Arbitrary<string>;
  /** Whether a header may come twice, or have a number for a name. */
  readonly anyHeader?: boolean;
}

const binary = fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const unicode = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => Buffer.from(text, 'utf8').toString('latin1'));
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

function sent({ target = /^\/[!-~]{0,30}$/, body = binary, anyHeader = false }: Limits): fc.Arbitrary<Sent> {
  const value = fc.stringMatching(/^[!-~]{1,6}[ -~]{0,10}[!-~]$/);
  const name = fc.stringMatching(anyHeader ? /^[Xx0-9][A-Za-z0-9_-]{0,8}$/ : /^X-[A-Z][a-z0-9_-]{0,8}$/);
  return fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PROPFIND'),
      target: fc.stringMatching(target),
      headers: fc.uniqueArray(fc.tuple(name, value), {
        maxLength: 5,
        ...(anyHeader ? { comparator: () => false } : { selector: ([header]) => header.toLowerCase() }),
      }),
      body,
    })
    .map(({ headers, method, ...rest }) => {
      const length =
        rest.body !== '' || method === 'POST' || method === 'PUT'
          ? [['Content-Length', String(rest.body.length)] as const]
          : [];
      return { ...rest, method, headers: [['Host', 'shop.example'] as const, ...headers, ...length] };
    });
}

const json = (value: unknown): string => JSON.stringify(value);
const headersAs = ({ headers }: Sent): Record<string, string> => Object.fromEntries(headers);

/** How each format's own tool would have written these requests. */
const WRITERS: Readonly<
  Record<
    FormatName,
    {
      readonly from: fc.Arbitrary<Sent>;
      readonly write: (requests: readonly Sent[]) => Readonly<Record<string, string>>;
    }
  >
> = {
  http: {
    from: sent({ anyHeader: true }),
    write: (requests) => Object.fromEntries(requests.map((request, i) => [`${i}.http`, bytesOf(request)])),
  },
  gor: {
    from: sent({ anyHeader: true }),
    write: (requests) => ({
      'a.gor': requests
        .map(
          (request, i) =>
            `1 id${i} ${1e18 + i * 1e9}\n${bytesOf(request)}\n${Buffer.from('🐵🙈🙉').toString('latin1')}\n`,
        )
        .join(''),
    }),
  },
  har: {
    from: sent({ target: /^\/[!-"$-~]{0,30}$/, body: fc.oneof(binary, unicode), anyHeader: true }),
    write: (requests) => ({
      'a.har': json({
        log: {
          entries: requests.map(({ method, target, headers, body }, i) => {
            const isText = Buffer.from(utf8(body), 'utf8').toString('latin1') === body;
            const postData = isText
              ? { text: utf8(body) }
              : { text: Buffer.from(body, 'latin1').toString('base64'), encoding: 'base64' };
            return {
              startedDateTime: new Date(1e12 + i).toISOString(),
              request: {
                method,
                url: `http://shop.example${target}`,
                headers: headers.map(([name, value]) => ({ name, value })),
                ...(body === '' ? {} : { postData }),
              },
            };
          }),
        },
      }),
    }),
  },
  ftw: {
    // A body with {{ is a template.
    from: sent({ body: unicode.map((text) => text.replaceAll('{', '')), anyHeader: true }),
    write: (requests) => ({
      'a.yaml': json({
        tests: requests.map((request) => ({
          stages: [
            {
              input: {
                method: request.method,
                uri: request.target,
                ordered_headers: request.headers.map(([name, value]) => ({ name, value })),
                autocomplete_headers: false,
                data: utf8(request.body),
              },
            },
          ],
        })),
      }),
    }),
  },
  vegeta: {
    from: sent({ target: /^\/[!-"$-~]{0,30}$/ }),
    write: (requests) => ({
      'a.json': requests
        .map(
          (request) =>
            `${json({
              method: request.method,
              url: `http://shop.example${request.target}`,
              header: Object.fromEntries(request.headers.map(([name, value]) => [name, [value]])),
              body: Buffer.from(request.body, 'latin1').toString('base64'),
            })}\n`,
        )
        .join(''),
    }),
  },
  'modsecurity-json': {
    from: sent({ body: unicode }),
    write: (requests) => ({
      'audit.json': requests
        .map(
          (request) =>
            `${json({
              transaction: {
                time_stamp: 'Sun Mar  1 10:00:00 2026',
                request: {
                  method: request.method,
                  uri: request.target,
                  headers: headersAs(request),
                  body: utf8(request.body),
                },
              },
            })}\n`,
        )
        .join(''),
    }),
  },
  'modsecurity-native': {
    from: sent({ body: fc.stringMatching(/^[\t -~\u0080-\u00ff]{0,80}$/), anyHeader: true }),
    write: (requests) => ({
      'audit.log': requests
        .map(
          (request, i) =>
            `--id${i}-A--\n[01/Mar/2026:10:00:00 +0000] ` +
            `x\n--id${i}-B--\n${bytesOf({ ...request, body: '' }).replaceAll('\r\n', '\n')}` +
            `--id${i}-C--\n${request.body}\n--id${i}-Z--\n\n`,
        )
        .join(''),
    }),
  },
  'access-log': {
    from: fc
      .tuple(fc.constantFrom('GET', 'POST'), sent({}), fc.stringMatching(/^[ -~\u00a0-\u00ff]{1,20}$/))
      .map(([method, { target }, agent]): Sent => {
        const headers = [
          ['Host', 'localhost'],
          ['User-Agent', agent === '-' ? 'x' : agent],
          ['X-Forwarded-For', '203.0.113.9'],
          ...(method === 'POST' ? [['Content-Length', '0'] as const] : []),
        ] as const;
        return { method, target, headers, body: '' };
      }),
    write: (requests) => {
      const escaped = (text: string): string =>
        text.replace(
          /["\\\u007f-\u00ff]/g,
          (letter) => `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
        );
      return {
        'access.log': requests
          .map(
            ({ method, target, headers }) =>
              `203.0.113.9 - - [01/Mar/2026:10:00:00 +0100] "${method} ${escaped(target)} HTTP/1.1" 200 5 ` +
              `"-" "${escaped(headers[1]?.[1] ?? '')}"\n`,
          )
          .join(''),
      };
    },
  },
  burp: {
    from: sent({ anyHeader: true }),
    write: (requests) => ({
      'items.xml': `<items burpVersion="1">${requests
        .map((request) => Buffer.from(bytesOf(request), 'latin1').toString('base64'))
        .map((text) => `<item><request base64="true"><![CDATA[${text}]]></request></item>\n`)
        .join('')}</items>`,
    }),
  },
  zap: {
    from: sent({ anyHeader: true }),
    write: (requests) => ({
      'messages.txt': requests
        .map((request, i) => `===${i} ==========\n${bytesOf(request)}\nHTTP/1.1 200 OK\r\n\r\n\n`)
        .join(''),
    }),
  },
  curl: {
    // Without --path-as-is curl resolves dots in a path. Without -g it takes brackets for patterns.
    from: sent({ target: /^\/[!-"$-~]{0,30}$/, body: fc.stringMatching(/^[ -~\t\n]{0,60}$/), anyHeader: true }).map(
      (request): Sent => ({
        ...request,
        headers: request.body === '' ? request.headers : [...request.headers, ['Content-Type', 'a/b'] as const],
      }),
    ),
    write: (requests) => ({
      'a.sh': requests
        .map(({ method, target, headers, body }) => {
          const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
          const stated = headers.map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`).join('');
          const data = body === '' ? '' : ` --data-raw ${quoted(body)}`;
          return `curl -g --path-as-is -X ${method} ${quoted(`http://shop.example${target}`)}${stated}${data}\n`;
        })
        .join(''),
    }),
  },
};

describe('recorded → imported → corpus line → trace → wire → the bytes once sent', () => {
  test.each(Object.keys(FORMATS) as FormatName[])('%s', { timeout: 60_000 }, async (format) => {
    const { from, write } = WRITERS[format];
    await using server = await startRecordingServer();
    await fc.assert(
      fc.asyncProperty(fc.array(from, { minLength: 1, maxLength: 5 }), async (recorded) => {
        const files = Object.fromEntries(
          Object.entries(write(recorded)).map(([name, text]) => [
            name,
            Buffer.from(text, ['http', 'gor', 'zap', 'modsecurity-native'].includes(format) ? 'latin1' : 'utf8'),
          ]),
        );
        const { requests, skipped } = await importing(format, files);
        expect(skipped).toEqual([]);
        const corpus = requests.map((request) => decodeCorpusLine(encodeCorpusLine(request), 'corpus'));
        const trace = traceOfCorpus(corpus, { seed: 1, count: corpus.length, expect: {} });
        const before = server.requests.length;
        const result = await createWireReplayer({ connections: 1 }).start(jobOf(server.port, trace)).done;
        expect(server.requests.slice(before).map((bytes) => bytes.toString('latin1'))).toEqual(recorded.map(bytesOf));
        expect(result).toMatchObject({ answered: recorded.length, sentDigest: trace.digest });
      }),
      { numRuns: 40 },
    );
  });
});
