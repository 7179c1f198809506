import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { TlsSettings, TrafficSettings } from '../model/index.js';
import { exchange } from '../steps/index.js';

/** The protocol of an entry. */
export type EntryTransport = Pick<TrafficSettings, 'protocol' | 'tls'>;

export interface Question {
  readonly host: string;
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  /** Plain HTTP/1 if absent. */
  readonly transport?: EntryTransport;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const ANSWER_WITHIN_MS = 5_000;
/** Similar to a browser's: a WAF may refuse a request without an agent or without `Accept`. */
const HEADERS = { host: 'localhost', 'user-agent': 'Mozilla/5.0 (slopegate readiness probe)', accept: '*/*' };

/** One request on its own connection. */
export async function ask({ host, port, method = 'GET', path, transport, signal }: Question): Promise<Answer> {
  const { status, text } = await exchange({
    host,
    port,
    method,
    path,
    headers: HEADERS,
    tls: transport?.tls === undefined ? null : secure(transport.tls),
    http2: transport?.protocol?.kind === 'http2',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  return { status, body: text };
}

/**
 * The entry makes its own certificate. The traffic checks it if the scenario says so. This request uses the same
 * settings as the clients.
 */
function secure({ serverName, clientCertificates: [client] }: TlsSettings): ConnectionOptions {
  return {
    ...(serverName === null ? {} : { servername: serverName }),
    ...(client === undefined ? {} : { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
  };
}
