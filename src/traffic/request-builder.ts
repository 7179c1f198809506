import { type RequestTemplate, SlopegateError, type TraceRequest, type TrafficSettings } from '../model/index.js';
import { compileBody, type BuiltBody, type FileBytes } from './body.js';
import {
  checkedHeaderName,
  checkedHeaderValue,
  checkedMethod,
  checkedTarget,
  encodeForTarget,
  toByteString,
} from './bytes.js';
import { compileTemplate, type Draw } from './template.js';

export interface RequestBuilder {
  /** Every field the request uses. */
  readonly fields: readonly string[];
  build(draw: Draw, index: number): TraceRequest;
}

/** The traffic with data that only sending needs: the bytes of the files from which bodies are made, by their paths. */
export type SentTraffic = TrafficSettings & { readonly files?: FileBytes };

type Header = readonly [name: string, value: string];
type HeaderBuilder = (draw: Draw, body: BuiltBody | null) => Header;

/** Methods whose requests state the length of their body even if there is none. */
const BODY_METHODS = ['POST', 'PUT', 'PATCH'];

/**
 * Header order: Host, the template's own headers in their order, Content-Type, Content-Length. A Host or Content-Type
 * in the template has priority. `captured` are names in addition to the fields.
 */
export function compileRequest(
  template: RequestTemplate,
  traffic: SentTraffic,
  captured: readonly string[] = [],
): RequestBuilder {
  const { label, expect, behaviour } = template;
  const { seed, files = new Map() } = traffic;
  const context = { label, fields: [...Object.keys(traffic.fields), ...captured], seed, files };
  const method = checkedMethod(template.method, label);
  const target = compileTemplate(template.path, context, encodeForTarget);
  checkedTarget(
    target.fill(() => 'x'),
    label,
  );
  const body = template.body === null ? null : compileBody(template.body, context);
  const fields = new Set([...target.fields, ...(body?.fields ?? [])]);
  const headers: HeaderBuilder[] = [];
  let headersVary = body !== null && !body.constant;
  const own = Object.keys(template.headers).map((name) => name.toLowerCase());
  const fixed = (header: Header): HeaderBuilder => {
    const checked: Header = [header[0], checkedHeaderValue(header[0], toByteString(header[1]), label)];
    return () => checked;
  };
  if (!own.includes('host')) headers.push(fixed(['Host', traffic.host]));
  for (const [name, text] of Object.entries(template.headers)) {
    const value = compileTemplate(text, context);
    refuseFraming(checkedHeaderName(name, label), label);
    if (value.fields.length === 0) headers.push(fixed([name, value.fill(() => '')]));
    else headers.push((draw) => [name, checkedHeaderValue(name, toByteString(value.fill(draw)), label)]);
    for (const field of value.fields) fields.add(field);
    headersVary ||= value.fields.length > 0;
  }
  if (body !== null) {
    if (!own.includes('content-type'))
      headers.push((_, built) => [
        'Content-Type',
        checkedHeaderValue('Content-Type', toByteString((built as BuiltBody).contentType), label),
      ]);
    if (behaviour?.chunks !== undefined) headers.push(fixed(['Transfer-Encoding', 'chunked']));
    else headers.push((_, built) => ['Content-Length', String((built as BuiltBody).bytes.length)]);
  } else if (BODY_METHODS.includes(method)) headers.push(fixed(['Content-Length', '0']));

  let sharedBody: BuiltBody | null = null;
  const bodyOf = (draw: Draw, index: number): BuiltBody | null => {
    if (body === null || !body.constant) return body?.build(draw, index) ?? null;
    sharedBody ??= body.build(draw, index);
    return sharedBody;
  };
  let sharedHeaders: readonly Header[] | null = null;
  return {
    fields: [...fields],
    build(draw, index) {
      const built = bodyOf(draw, index);
      const complete = sharedHeaders ?? headers.map((header) => header(draw, built));
      if (!headersVary) sharedHeaders = complete;
      return {
        index,
        label,
        expect,
        method,
        target: checkedTarget(target.fill(draw), label),
        headers: complete,
        body: built?.bytes ?? null,
        ...(behaviour && { behaviour }),
      };
    },
  };
}

function refuseFraming(name: string, label: string): void {
  if (!['content-length', 'transfer-encoding'].includes(name.toLowerCase())) return;
  throw new SlopegateError('TRAFFIC_INVALID', `Request "${label}" sets ${name} itself`, {
    hint: 'Content-Length is always added, and always exact; remove the header',
  });
}
