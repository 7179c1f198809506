import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readParanoiaLevels } from '../../src/corpus/paranoia-levels.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import type { LabelPart } from '../../src/model/index.js';
import { importing } from '../corpus/importing.js';

/** A file with one stage for each input, in YAML as it is written. */
function fileOf(...inputs: readonly string[]): string {
  const tests = inputs.map(
    (input) => `
  - test_id: 1
    stages:
      - input: ${input}
        output: { log: { expect_ids: [1] } }`,
  );
  return `rule_id: 942100\ntests:${tests.join('')}\n`;
}

async function sentFor(input: string): Promise<string> {
  const { requests, skipped } = await importing('ftw', { 'a.yaml': fileOf(input) });
  expect(skipped).toEqual([]);
  return requests.map((request) => encodeRequest(request).toString('latin1')).join('');
}

const FORM = 'Content-Type: application/x-www-form-urlencoded';

describe('what go-ftw sends', () => {
  test.each([
    ['nothing stated', '{}', 'GET / HTTP/1.1\r\n\r\n'],
    ['a method that permits a body has a length', '{ method: POST }', 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
    [
      'by the pattern of go-ftw: POST in front, DELETE at the end, PUT anywhere',
      '{ method: XPUTX }',
      'XPUTX / HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
    ],
    ['not DELETE in front', '{ method: DELETEX }', 'DELETEX / HTTP/1.1\r\n\r\n'],
    [
      'the names of a map of headers are sorted',
      '{ headers: { b: 1, Z: 2, a: 3 } }',
      'GET / HTTP/1.1\r\nZ: 2\r\na: 3\r\nb: 1\r\n\r\n',
    ],
    [
      'a list of headers stays in its order',
      '{ ordered_headers: [{ name: b, value: 1 }, { name: a, value: 2 }, { name: b, value: }], headers: { c: 3 } }',
      'GET / HTTP/1.1\r\nb: 1\r\na: 2\r\nb: \r\n\r\n',
    ],
    [
      'scalars are the text that is written',
      '{ headers: { a: 1.0, b: 0123, c: 0x1F, d: yes, e: , f: 1e3, g: 2024-01-01, h: ~ } }',
      'GET / HTTP/1.1\r\na: 1.0\r\nb: 0123\r\nc: 0x1F\r\nd: yes\r\ne: \r\nf: 1e3\r\ng: 2024-01-01\r\nh: \r\n\r\n',
    ],
    [
      'a body without a type is a form, and is encoded',
      '{ data: "a b=<c>&d&e=f=g&" }',
      `GET / HTTP/1.1\r\n${FORM}\r\nContent-Length: 22\r\n\r\na+b=%3Cc%3E&d&e=f%3Dg`.replace('22', '21'),
    ],
    [
      'a form that is encoded already stays',
      '{ data: "a=%3C<" }',
      `GET / HTTP/1.1\r\n${FORM}\r\nContent-Length: 6\r\n\r\na=%3C<`,
    ],
    ['so does one with a plus', '{ data: "a=<+" }', `GET / HTTP/1.1\r\n${FORM}\r\nContent-Length: 4\r\n\r\na=<+`],
    [
      'a body of another type stays',
      '{ headers: { content-type: "text/xml" }, data: "<a b>" }',
      'GET / HTTP/1.1\r\ncontent-type: text/xml\r\nContent-Length: 5\r\n\r\n<a b>',
    ],
    [
      'a type with a character set is another type',
      `{ headers: { Content-Type: "application/x-www-form-urlencoded; charset=utf-8" }, data: "a=<" }`,
      `GET / HTTP/1.1\r\n${FORM}; charset=utf-8\r\nContent-Length: 3\r\n\r\na=<`,
    ],
    [
      'without completion nothing is added',
      '{ method: POST, autocomplete_headers: false, data: "a=<" }',
      'POST / HTTP/1.1\r\n\r\na=<',
    ],
    ['nor with stop_magic', '{ method: POST, stop_magic: true, data: "a=<" }', 'POST / HTTP/1.1\r\n\r\na=<'],
    [
      'multipart bodies end their lines with CR LF, even then',
      '{ stop_magic: true, headers: { Content-Type: "Multipart/Form-Data; boundary=b" }, data: "--b\\n\\r\\n" }',
      'GET / HTTP/1.1\r\nContent-Type: Multipart/Form-Data; boundary=b\r\n\r\n--b\r\n\r\r\n',
    ],
    ['any version', '{ version: HTTP/4.0 }', 'GET / HTTP/4.0\r\n\r\n'],
    ['no version', '{ version: "" }', 'GET / \r\n\r\n'],
    ['a target as it is written', '{ uri: "/a b?é=\\t" }', 'GET /a b?Ã©=\t HTTP/1.1\r\n\r\n'],
    [
      'a length as it is stated',
      '{ headers: { Content-Length: 3; }, data: "x" }',
      `GET / HTTP/1.1\r\nContent-Length: 3;\r\n${FORM}\r\n\r\nx`,
    ],
    [
      'bytes in base64',
      '{ headers: { Content-Type: a/b }, encoded_data: AAEC/w== }',
      'GET / HTTP/1.1\r\nContent-Type: a/b\r\nContent-Length: 4\r\n\r\n\u0000\u0001\u0002ÿ',
    ],
    ['a whole request in base64', '{ encoded_request: R0VUIC94DQo= }', 'GET /x\r\n'],
    ['a whole request as text', '{ raw_request: "GET /x HTTP/1.0\\r\\n\\r\\n" }', 'GET /x HTTP/1.0\r\n\r\n'],
    [
      'Connection: close where the test states it',
      '{ headers: { Connection: close } }',
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    ],
  ])('%s', async (_, input, sent) => {
    expect(await sentFor(input)).toBe(sent);
  });

  test('the Connection: close that it adds is left out, and this is reported', async () => {
    const { notes } = await importing('ftw', {
      'a.yaml': fileOf('{}', '{ stop_magic: true }', '{ headers: { connection: x } }'),
    });
    expect(notes).toEqual({ 'connection-close': 1 });
  });
});

describe('templates in data', () => {
  test.each([
    ['x={{ "+" | repeat 5 }}', 'x=+++++'],
    ['{{ repeat 3 "ab" }}{{/* nothing */}}.', 'ababab.'],
    ['a {{- "b" -}} c', 'abc'],
    ['{{ upper (trim " a ") | printf }}', null],
    ['{{ "a}}b\\n" | upper | b64enc }}', Buffer.from('A}}B\n').toString('base64')],
    ['{{ `\\x` | replace "x" "y" }}', '\\y'],
    ['{{ add 1 2 | mul 3 }}', '9'],
    ['{{ "\\x41\\u00e9" }}', 'AÃ©'],
    ['{{ .Payload }}', null],
    ["{{constructor.constructor('alert(1)')()}}", null],
    ['{{ 7*7 }}', null],
    ['{{ repeat 99999999999 "x" }}', null],
    ['{{ "a"', null],
    [`{{ ${'('.repeat(5000)}`, null],
    ['{{ randAlpha 5 }}', null],
  ])('%s', async (data, body) => {
    const input = `{ method: POST, headers: { Content-Type: text/plain }, data: ${JSON.stringify(data)} }`;
    const { requests, reasons } = await importing('ftw', { 'a.yaml': fileOf(input) });
    expect(requests.map((request) => Buffer.from(request.body ?? []).toString('latin1'))).toEqual(
      body === null ? [] : [body],
    );
    expect(reasons).toEqual(body === null ? { template: 1 } : {});
  });
});

test.each([
  ['an unknown key', '{ uri: /, encoded_uri: x }', 'unknown-key', /encoded_uri/],
  ['a redirect to follow', '{ follow_redirect: true }', 'needs-answer', /redirect/],
  ['two bodies', '{ data: x, encoded_request: R0VU }', 'contradiction', /both/],
  ['base64 that is none', '{ encoded_request: "§" }', 'malformed', /base64/],
  ['data in base64 that is none', '{ encoded_data: "A" }', 'malformed', /base64/],
  ['a list for a text', '{ uri: [a] }', 'malformed', /form of a go-ftw test/],
  ['no input', '', 'no-request', /no input/],
])('%s is skipped with its reason', async (_, input, reason, message) => {
  const { requests, reasons, skipped } = await importing('ftw', { 'a.yaml': fileOf(input) });
  expect(requests).toEqual([]);
  expect(reasons).toEqual({ [reason]: 1 });
  expect(skipped[0]).toMatch(/^a\.yaml:5 /);
  expect(skipped[0]).toMatch(message);
});

test('a payload for a template is skipped, as go-ftw does not send it', async () => {
  const { reasons } = await importing('ftw', { 'a.yaml': 'tests:\n  - id: 1\n    payload: x\n' });
  expect(reasons).toEqual({ template: 1 });
});

test('only YAML files of a folder are read', async () => {
  const { requests, skipped, notes } = await importing('ftw', {
    'a.yaml': fileOf('{}'),
    'b.yml': fileOf('{}'),
    'README.md': 'words',
    'c.py': 'import x',
  });
  expect(requests).toHaveLength(2);
  expect(skipped).toEqual([]);
  expect(notes['other-file']).toBe(2);
});

describe('labels', () => {
  const labelOf = async (output: string, labelBy: readonly LabelPart[] = [], levels = new Map<string, number>()) =>
    (
      await importing(
        'ftw',
        { '942100.yaml': `tests:\n  - stages:\n      - input: {}\n        output: ${output}\n` },
        { labelBy, levels },
      )
    ).requests[0]?.label;

  test.each([
    ['{ log: { expect_ids: [942100] } }', 'attack'],
    ['{ log: { match_regex: x } }', 'attack'],
    ['{ log_contains: id "1" }', 'attack'],
    ['{ status: 403 }', 'attack'],
    ['{ status: [400, 403] }', 'attack'],
    ['{ status: 400 }', 'refused'],
    ['{ expect_error: true }', 'error'],
    ['{ no_log_contains: x }', 'benign'],
    ['{ log: { no_expect_ids: [942100] } }', 'benign'],
    ['{ status: 200 }', 'benign'],
    ['{}', 'unstated'],
  ])('%s: %s', async (output, label) => {
    expect(await labelOf(output)).toBe(label);
  });

  test('the class, the rule and its paranoia level may be added', async () => {
    const levels = new Map([['942100', 2]]);
    expect(await labelOf('{ status: 403 }', ['class', 'level'], levels)).toBe('attack-sqli-pl2');
    expect(await labelOf('{ status: 200 }', ['rule'])).toBe('benign-942100');
    expect(await labelOf('{ status: 200 }', ['level'])).toBe('benign-pl-unknown');
  });

  test('paranoia levels are read from the rules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slopegate-rules-'));
    try {
      await writeFile(
        join(folder, 'a.conf'),
        `# SecRule ARGS "@rx x" "id:3,tag:'paranoia-level/4'"
SecRule ARGS "@rx x" \\
    "id:1,\\
    phase:2,\\
    tag:'paranoia-level/1'"
SecRule ARGS "@rx y" "id:2,tag:'paranoia-level/3'"
SecAction "id:4"
`,
      );
      await writeFile(join(folder, 'a.txt'), `"id:5,tag:'paranoia-level/4'"`);
      expect([...(await readParanoiaLevels(folder))]).toEqual([
        ['1', 1],
        ['2', 3],
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
