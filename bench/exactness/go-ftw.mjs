// What go-ftw 2 sends for each stage of a file of tests (ftwhttp/request.go, test/defaults.go, test/types.go), written
// again from its source and apart from src/, so that one can be held against the other. Without its Connection: close.
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';

/** Each stage that go-ftw sends: its line, and the bytes; null if this reference does not know them. */
export function* stagesOf(text) {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    schema: 'failsafe',
    customTags: ['null', 'binary', 'merge'],
  });
  const tests = document.get('tests');
  if (document.errors.length > 0 || !isSeq(tests)) return;
  for (const test of tests.items) {
    const stages = isMap(test) ? test.get('stages') : null;
    for (const stage of isSeq(stages) ? stages.items : []) {
      const plain = stage.toJSON();
      yield { line: counter.linePos(stage.range[0]).line, bytes: bytesOf((plain.stage ?? plain).input) };
    }
  }
}

const latin1 = (text) => Buffer.from(text, 'utf8').toString('latin1');

function bytesOf(input) {
  if (input.encoded_request) return Buffer.from(input.encoded_request, 'base64');
  if (input.raw_request) return Buffer.from(input.raw_request, 'utf8');
  const auto = input.autocomplete_headers != null ? input.autocomplete_headers === 'true' : input.stop_magic !== 'true';
  let data = input.data != null ? Buffer.from(input.data, 'utf8') : Buffer.from(input.encoded_data ?? '', 'base64');
  if (data.includes('{{')) {
    data = fromTemplate(data.toString('utf8'));
    if (data === null) return null;
  }
  const headers = input.ordered_headers
    ? input.ordered_headers.map(({ name, value }) => [latin1(name), latin1(value ?? '')])
    : Object.keys(input.headers ?? {})
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map((name) => [latin1(name), latin1(input.headers[name] ?? '')]);
  const values = (name) =>
    headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value.toLowerCase());
  if (data.length > 0 && auto) {
    if (values('content-type').length === 0) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    if (values('content-type').includes('application/x-www-form-urlencoded')) data = encodeParameters(data);
  }
  if (values('content-type').some((value) => value.includes('multipart/form-data;')))
    data = Buffer.from(data.toString('latin1').split('\n').join('\r\n'), 'latin1');
  const method = input.method ?? 'GET';
  const mayHaveBody =
    method.startsWith('POST') || method.includes('PUT') || method.includes('PATCH') || method.endsWith('DELETE');
  if (auto && values('content-length').length === 0 && (data.length > 0 || mayHaveBody))
    headers.push(['Content-Length', String(data.length)]);
  const line = `${latin1(method)} ${latin1(input.uri ?? '/')} ${latin1(input.version ?? 'HTTP/1.1')}\r\n`;
  const head = `${line}${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), data]);
}

/** The one template that tests use. */
function fromTemplate(text) {
  const given = text.replace(/\{\{ "([^"\\]*)" \| repeat (\d+) \}\}/g, (_, piece, times) =>
    piece.repeat(Number(times)),
  );
  return given.includes('{{') ? null : Buffer.from(given, 'utf8');
}

function encodeParameters(data) {
  const unescaped = queryUnescape(data);
  if (unescaped === null || !unescaped.equals(data)) return data;
  let out = '';
  let rest = data.toString('latin1');
  while (rest.length > 0) {
    const amp = rest.indexOf('&');
    const token = amp === -1 ? rest : rest.slice(0, amp);
    rest = amp === -1 ? '' : rest.slice(amp + 1);
    const equals = token.indexOf('=');
    const [name, value] = [token.slice(0, equals), token.slice(equals + 1)];
    out += `${equals === -1 ? queryEscape(token) : `${queryEscape(name)}=${queryEscape(value)}`}&`;
  }
  return Buffer.from(out.slice(0, -1), 'latin1');
}

function queryUnescape(data) {
  const out = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0x2b) out.push(0x20);
    else if (data[i] !== 0x25) out.push(data[i]);
    else {
      const hex = data.toString('latin1', i + 1, i + 3);
      if (!/^[0-9a-fA-F]{2}$/.test(hex)) return null;
      out.push(Number.parseInt(hex, 16));
      i += 2;
    }
  }
  return Buffer.from(out);
}

function queryEscape(bytes) {
  let out = '';
  for (const byte of Buffer.from(bytes, 'latin1')) {
    const letter = String.fromCharCode(byte);
    out += /[A-Za-z0-9_.~-]/.test(letter)
      ? letter
      : byte === 0x20
        ? '+'
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
