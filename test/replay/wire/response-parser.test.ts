import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ResponseParser } from '../../../src/replay/wire/response-parser.js';

/**
 * What came of these bytes: `status` or `status!` where the connection is not to be used again, and `error` or `cut`.
 */
function read(
  pieces: readonly string[],
  methods: readonly string[] = Array.from({ length: 20 }, () => 'GET'),
  ended = false,
): string[] {
  const outcome: string[] = [];
  const waiting = [...methods];
  const parser = new ResponseParser({
    expected: () => waiting[0] ?? null,
    head: () => {},
    body: () => {},
    complete(status, keepAlive) {
      waiting.shift();
      outcome.push(`${status}${keepAlive ? '' : '!'}`);
    },
  });
  try {
    for (const piece of pieces) parser.push(Buffer.from(piece, 'latin1'));
    if (ended && !parser.end()) outcome.push('cut');
  } catch {
    outcome.push('error');
  }
  return outcome;
}

const CASES: readonly [name: string, bytes: string, outcome: readonly string[], method?: string][] = [
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', ['200']],
  ['no length at all', 'HTTP/1.1 200 OK\r\n\r\nabc', ['200!']],
  ['an announced close', 'HTTP/1.1 403 Forbidden\r\ncontent-length:0\r\nConnection: foo, Close\r\n\r\n', ['403!']],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', ['200!']],
  ['HTTP/1.0 kept alive', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n', ['200']],
  [
    'chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA;n=v\r\n0123456789\r\n1\r\nx\r\n0\r\nT: t\r\n\r\n',
    ['200'],
  ],
  [
    'chunks that outrank a length',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    ['200'],
  ],
  ['another coding last', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc', ['200!']],
  [
    'interim responses',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\n\r\nHTTP/1.1 201 ' +
      'Created\r\nContent-Length: 0\r\n\r\n',
    ['201'],
  ],
  [
    '204 and 304',
    'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n',
    ['204', '304'],
  ],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n', ['200'], 'HEAD'],
  ['HEAD with chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', ['200'], 'HEAD'],
  ['switching protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', ['101!']],
  [
    'pipelined',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 404 \r\nContent-Length: 2\r\n\r\nbbHTTP/1.1 ' +
      '200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ['200', '404', '200'],
  ],
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 1\n\na', ['200']],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', ['200']],
  ['equal lengths twice', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na', ['200']],
  ['different lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\naa', ['error']],
  ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', ['error']],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', ['error']],
  ['a chunk longer than it says', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n', ['error']],
  ['something else', 'SSH-2.0-OpenSSH\r\n\r\n', ['error']],
  ['a body cut short', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', ['cut']],
  ['a head cut short', 'HTTP/1.1 200 OK\r\nConte', ['cut']],
  ['nothing', '', []],
];

describe('ResponseParser', () => {
  test.each(CASES)('%s', (_, bytes, outcome, method = 'GET') => {
    expect(
      read(
        [bytes],
        Array.from({ length: 9 }, () => method),
        true,
      ),
    ).toEqual(outcome);
  });

  test('does not depend on where the bytes are broken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES),
        fc.array(fc.nat(100), { maxLength: 12 }),
        ([, bytes, outcome, method = 'GET'], cuts) => {
          const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
          const pieces = places.slice(1).map((place, i) => bytes.slice(places[i], place));
          expect(
            read(
              pieces,
              Array.from({ length: 9 }, () => method),
              true,
            ),
          ).toEqual(outcome);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('survives any bytes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({
            unit: fc.constantFrom(
              'HTTP/1.1 200 OK',
              '\r\n',
              '\n',
              'Content-Length: 2',
              'Transfer-Encoding: chunked',
              ':',
              '0',
              'f',
              '\u00ff',
            ),
          }),
        ),
        (pieces) => {
          expect(() => read(pieces, ['GET', 'HEAD'], true)).not.toThrow();
        },
      ),
    );
  });

  test('refuses a response without a request, and a head without end', () => {
    expect(read(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], [])).toEqual(['error']);
    expect(read([`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(300_000)}`])).toEqual(['error']);
  });
});
