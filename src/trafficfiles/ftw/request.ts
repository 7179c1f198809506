import { asParts, problem, request, type Entry, type RequestParts, type WholeRequest } from '../../requests/index.js';
import { rawEntry } from '../raw-http.js';
import { completed, multipartLineEnds } from './complete.js';
import { bytesOf, flagOf, textOf, type Input } from './stage.js';
import { BodyTemplateError, evaluateTemplate } from './template.js';

/** The bytes that go-ftw sends for this input (ftwhttp/request.go), without the `Connection: close` that it adds. */
export function requestOf(input: Input, line: number, label: string): Entry {
  if (flagOf(input.follow_redirect) === true)
    return problem(line, 'needs-answer', 'The stage follows a redirect, so its target is in an earlier answer');
  const whole = input.encoded_request ?? null;
  if (whole !== null && textOf(whole) !== '') {
    if ((input.data ?? null) !== null && textOf(input.data) !== '')
      return problem(line, 'contradiction', 'The stage has both "data" and "encoded_request"; go-ftw refuses it');
    const bytes = decoded(textOf(whole) ?? '');
    return bytes === null
      ? problem(line, 'malformed', 'The encoded_request is not valid base64')
      : rawEntry(bytes, line, { exact: true, label });
  }
  const raw = bytesOf(input.raw_request);
  if (raw !== null) return rawEntry(raw, line, { exact: true, label });
  let data: Buffer | null;
  try {
    data = dataOf(input);
  } catch (error) {
    if (error instanceof BodyTemplateError)
      return problem(line, 'template', `The data is a template: ${error.message}`);
    throw error;
  }
  if (data === null && textOf(input.encoded_data) !== null)
    return problem(line, 'malformed', 'The encoded_data is not valid base64');
  const autocomplete = flagOf(input.autocomplete_headers) ?? !(flagOf(input.stop_magic) ?? false);
  const written: WholeRequest = {
    method: textOf(input.method) ?? 'GET',
    target: textOf(input.uri) ?? '/',
    version: textOf(input.version) ?? 'HTTP/1.1',
    headers: headersOf(input),
    body: data,
  };
  const [sent, closes] = autocomplete ? completed(written) : [multipartLineEnds(written), false];
  return request(line, asParts(sent), { label, notes: closes ? ['connection-close'] : [] });
}

/** A list keeps its order. The names of a map are sorted, because a map in Go has no order. */
function headersOf({ headers, ordered_headers: ordered }: Input): RequestParts['headers'] {
  if (ordered !== undefined && ordered !== null)
    return ordered.map(({ name, value }) => [textOf(name) ?? '', textOf(value) ?? ''] as const);
  return Object.entries(headers ?? {})
    .map(([name, value]) => [Buffer.from(name, 'utf8').toString('latin1'), textOf(value) ?? ''] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function dataOf({ data, encoded_data: encoded }: Input): Buffer | null {
  const text = bytesOf(data);
  if (text !== null) return evaluateTemplate(text);
  const code = textOf(encoded);
  return code === null ? Buffer.alloc(0) : decoded(code);
}

/** Go's standard base64: with padding; line breaks are ignored. */
function decoded(text: string): Buffer | null {
  const code = text.replace(/[\r\n]/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(code)
    ? Buffer.from(code, 'base64')
    : null;
}
