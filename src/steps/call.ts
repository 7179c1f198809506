import type { StepRequest } from '../model/index.js';
import type { StepContext } from './context.js';
import { exchange, type ExchangeReply } from './http-client.js';

export type Reply = ExchangeReply;

/**
 * One HTTP exchange with a service of the arm over its published port. Certificates are not checked: the arm makes its
 * own, and nobody is in between.
 */
export async function call(context: StepContext, wanted: StepRequest, signal: AbortSignal): Promise<Reply> {
  const { endpoint, scheme, method } = wanted;
  const { host, port } = await context.addressOf(endpoint);
  const place = `${endpoint.service}:${endpoint.port}`;
  const { type, payload } = bodyOf(context, wanted);
  const headers = {
    host: place,
    accept: '*/*',
    'user-agent': 'Mozilla/5.0 (slopegate bring-up)',
    ...(context.cookies.has(place)
      ? { cookie: [...context.cookies.get(place)!].map(([name, value]) => `${name}=${value}`).join('; ') }
      : {}),
    ...(payload === null ? {} : { 'content-type': type }),
    ...Object.fromEntries(
      Object.entries(wanted.headers).map(([name, value]) => [name.toLowerCase(), context.fill(value)]),
    ),
  };
  const reply = await exchange({
    host,
    port,
    method,
    path: context.fill(wanted.path),
    headers,
    body: payload,
    tls: scheme === 'https' ? {} : null,
    signal,
  });
  remember(context, place, reply);
  return reply;
}

/** Why a reply is not the expected one; null if it is. */
export function fault({ status, text }: Reply, wanted: StepRequest): string | null {
  const right = wanted.status === null ? status >= 200 && status < 300 : status === wanted.status;
  if (!right) return `it answered ${status}${text === '' ? '' : `: ${text.slice(0, 300)}`}`;
  if (wanted.match !== null && !new RegExp(wanted.match, 'm').test(text))
    return `its answer does not match /${wanted.match}/: ${text.slice(0, 300)}`;
  return null;
}

function bodyOf(
  { fill }: StepContext,
  { body }: StepRequest,
): { readonly type: string; readonly payload: string | null } {
  if (body === null) return { type: '', payload: null };
  if (body.kind === 'json') return { type: 'application/json', payload: JSON.stringify(filled(body.value, fill)) };
  if (body.kind === 'raw') return { type: 'text/plain', payload: fill(body.text) };
  return {
    type: 'application/x-www-form-urlencoded',
    payload: new URLSearchParams(
      Object.entries(body.fields).map(([name, value]): [string, string] => [name, fill(value)]),
    ).toString(),
  };
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => filled(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, fill)]));
}

function remember(context: StepContext, place: string, { headers }: Reply): void {
  const cookies = headers['set-cookie'] ?? [];
  const jar = context.cookies.get(place) ?? new Map<string, string>();
  for (const cookie of Array.isArray(cookies) ? (cookies as readonly string[]) : [String(cookies)]) {
    const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=');
    jar.set(name.trim(), value.join('='));
    context.vault.keep(value.join('='));
  }
  if (jar.size > 0) context.cookies.set(place, jar);
}
