import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesUnder } from '../../src/corpus/files.js';
import { FORMATS, type FormatName } from '../../src/corpus/formats.js';
import type { Entry } from '../../src/requests/entry.js';
import { importing, summary } from './importing.js';
import { SAMPLES } from './samples.js';

const NAMES = Object.keys(FORMATS) as FormatName[];
/** The formats that are text, whatever the traffic: encodings and line ends are not part of a request. */
const TEXT = NAMES.filter((format) => format !== 'http' && format !== 'gor' && format !== 'burp' && format !== 'zap');
const FILE: Readonly<Record<FormatName, string>> = {
  har: 'shop.har',
  http: 'c.pkt',
  ftw: '942100.yaml',
  gor: 'traffic.gor',
  'access-log': 'access.log',
  vegeta: 'targets.json',
  'modsecurity-native': 'modsec_audit.log',
  'modsecurity-json': 'audit.json',
  burp: 'items.xml',
  zap: 'messages.txt',
  curl: 'a.sh',
};

function sampleOf(format: FormatName): string {
  return SAMPLES[format][FILE[format]] ?? '';
}

async function entriesOf(format: FormatName, chunks: Iterable<Buffer>): Promise<readonly Entry[]> {
  async function* streamed(): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  const entries: Entry[] = [];
  for await (const entry of FORMATS[format]({
    file: FILE[format],
    chunks: streamed(),
    options: { exact: false, logFormat: null, labelBy: [], levels: new Map(), logFields: new Map() },
  }))
    entries.push(entry);
  return entries;
}

const requestsIn = (entries: readonly Entry[]): readonly Entry[] => entries.filter(({ kind }) => kind === 'request');

describe.each(NAMES)('%s', (format) => {
  const sample = Buffer.from(sampleOf(format), 'utf8');

  test('an empty file has no request', async () => {
    expect(requestsIn(await entriesOf(format, []))).toEqual([]);
    expect(requestsIn(await entriesOf(format, [Buffer.alloc(0)]))).toEqual([]);
  });

  test('any bytes are read to their end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 200 }),
            fc.nat(sample.length).map((at) => sample.subarray(at, at + 60)),
          ),
          { maxLength: 8 },
        ),
        async (pieces) => {
          for (const entry of requestsIn(
            await entriesOf(
              format,
              pieces.map((piece) => Buffer.from(piece)),
            ),
          ))
            expect(entry).toHaveProperty('parts.method');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a file that is cut short, what was whole is read', async () => {
    const whole = requestsIn(await entriesOf(format, [sample]));
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.length), async (at) => {
        const read = requestsIn(await entriesOf(format, [sample.subarray(0, at)]));
        expect(read.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, read.length - 1)));
      }),
      { numRuns: 60 },
    );
  });
});

/** The same document with one value, somewhere, replaced. */
function withOdd(document: unknown, place: number, odd: unknown): unknown {
  let count = 0;
  const visit = (value: unknown): unknown => {
    if (count++ === place) return odd;
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one)]))
      : value;
  };
  return visit(document);
}

const YAML_SAMPLE = {
  tests: [
    {
      stages: [
        {
          input: { method: 'GET', uri: '/', version: 'HTTP/1.0', headers: { Host: 'a' }, data: 'x' },
          output: { status: 403, log: { expect_ids: [1] } },
        },
        { stage: { input: { encoded_request: 'R0VUIC8=' } } },
      ],
    },
  ],
};
test.each<[FormatName, readonly unknown[]]>([
  ['har', [JSON.parse(sampleOf('har'))]],
  ['ftw', [YAML_SAMPLE]],
  ['vegeta', [JSON.parse(sampleOf('vegeta').split('\n')[0] as string)]],
  [
    'modsecurity-json',
    sampleOf('modsecurity-json')
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line) as unknown),
  ],
])(
  '%s: whatever stands where a field should be, each entry is a whole request or a problem',
  async (format, documents) => {
    for (const document of documents) {
      for (const odd of [null, 5, true, 'text', [], [5], [null], {}, { a: 1 }]) {
        for (let place = 0; place < 60; place++) {
          for (const entry of await entriesOf(format, [Buffer.from(JSON.stringify(withOdd(document, place, odd)))])) {
            if (entry.kind !== 'request') continue;
            const { method, target, headers } = entry.parts;
            for (const text of [method, target, ...headers.flat()]) expect(text).toBeTypeOf('string');
          }
        }
      }
    }
  },
);

test('what is left of a file cut short is reported', async () => {
  const har = sampleOf('har');
  expect((await importing('har', { 'a.har': har.slice(0, har.lastIndexOf(']')) })).skipped.at(-1)).toMatch(
    /^a\.har:\d+ The file is cut short$/,
  );
  expect((await importing('har', { 'a.har': har.slice(0, har.indexOf('"POST"')) })).skipped).toEqual([
    'a.har:30 The file is cut short',
  ]);
});

describe.each(TEXT)('%s', (format) => {
  const text = sampleOf(format);
  const read = async (bytes: Buffer) => (await importing(format, { [FILE[format]]: bytes })).requests.map(summary);

  test.each([
    ['lines that end with CR LF', Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8')],
    ['a byte order mark', Buffer.from(`\ufeff${text}`, 'utf8')],
    ['UTF-16, as Windows writes it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 with the other byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toEqual(await read(Buffer.from(text, 'utf8')));
  });
});

/** 75 MB in pieces that are all the same, so that only what a reader keeps takes memory. */
function* endless(before: string, after: string): Generator<Buffer> {
  yield Buffer.from(before);
  const piece = Buffer.alloc(256 * 1024, 'a');
  for (let i = 0; i < 300; i++) yield piece;
  yield Buffer.from(after);
}

const NATIVE = sampleOf('modsecurity-native');
const HAR_ENTRY = '{"request":{"method":"GET","url":"http://a/","headers":[]}}';
test.each<[FormatName, string, string, string]>([
  [
    'access-log',
    '203.0.113.9 - - [01/Mar/2026:10:00:00 +0100] "GET /',
    `\n${sampleOf('access-log')}`,
    'The line is too long',
  ],
  ['vegeta', 'GET http://', `\n${sampleOf('vegeta')}`, 'The line is too long'],
  ['modsecurity-json', '{"transaction":"', `"}\n${sampleOf('modsecurity-json')}`, 'The transaction is too long'],
  ['modsecurity-native', '--c7-A--\nx\n--c7-B--\n', `\n${NATIVE}`, 'The transaction is too long'],
  ['gor', '1 cb3 1439818823687396305\nGET /', `\n🐵🙈🙉\n${sampleOf('gor')}`, 'The payload is too long'],
  ['har', '{"log":{"entries":[{"request":"', `"},${HAR_ENTRY}]}}`, 'The entry is too long'],
  ['http', 'GET /', '\0GET /one HTTP/1.1\r\nHost: a\r\n\r\n', 'The request is too long'],
  ['ftw', 'tests: ', '\n', 'The file is too long for a file of tests'],
  ['curl', 'curl ', '\n', 'The file is too long for a file of commands'],
  ['burp', '<items><item>', `</item>${sampleOf('burp')}`, 'The item is too long'],
  ['zap', '===0 ==========\n', `\n${sampleOf('zap')}`, 'The message is too long'],
])('%s: an endless entry is let go, located, and what follows is read', async (format, before, after, message) => {
  const [first, ...others] = await entriesOf(format, endless(before, after));
  expect(first).toEqual({ kind: 'problem', line: 1, reason: 'too-long', message });
  expect(requestsIn(others).length > 0).toBe(format !== 'ftw' && format !== 'curl');
});

test('a head that no server would take is no request', async () => {
  const { skipped } = await importing('http', {
    'a.http': `GET /${'a'.repeat(20_000_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  });
  expect(skipped).toEqual(['a.http:1 Not a request: its head has more than 1048576 bytes']);
});

describe('packed files', () => {
  const packed = gzipSync(SAMPLES.gor['traffic.gor'] ?? '');
  test.each([
    ['cut short', packed.subarray(0, -20)],
    ['nothing of the sort', Buffer.from('plain')],
  ])('%s', async (_, bytes) => {
    await expect(importing('gor', { 'a.gor.gz': bytes })).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      message: expect.stringMatching(/a\.gor\.gz cannot be unpacked: /),
    });
  });

  test('a bomb is refused', async () => {
    const member = gzipSync(Buffer.alloc(16 * 1024 ** 2));
    const bomb = Buffer.concat(Array.from({ length: 17 }, () => member));
    await expect(importing('gor', { 'a.gor.gz': bomb })).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      message: expect.stringContaining('unpacks to more than 500 times its size'),
    });
  });
});

test('a pipe that lies in a folder is not waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-files-'));
  try {
    execFileSync('mkfifo', [join(folder, 'b')]);
    for (const name of ['c', 'a']) await writeFile(join(folder, name), '');
    const found: string[] = [];
    for await (const { file } of filesUnder([folder])) found.push(file);
    expect(found).toEqual(['a', 'c'].map((name) => join(folder, name)));
  } finally {
    await rm(folder, { recursive: true });
  }
});
