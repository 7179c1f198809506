import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { PROXY_V2_SIGNATURE, type TlsSettings, type TrafficSettings } from '../model/index.js';
import { exchange } from '../steps/index.js';

/** The protocol of an entry. */
export type EntryTransport = Pick<TrafficSettings, 'protocol' | 'tls' | 'proxyProtocol'>;

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

/**
 * The PROXY protocol for a connection that names no other client, as health checks send it (sections 2.1 and 2.2 of
 * haproxy.org/download/3.0/doc/proxy-protocol.txt).
 */
const PREFACES = {
  1: Buffer.from('PROXY UNKNOWN\r\n'),
  2: Buffer.from(`${PROXY_V2_SIGNATURE}20000000`, 'hex'),
} as const;

/** One request on its own connection. */
export async function ask({ host, port, method = 'GET', path, transport, signal }: Question): Promise<Answer> {
  const { status, text } = await exchange({
    host,
    port,
    method,
    path,
    headers: HEADERS,
    tls: transport?.tls === undefined ? null : secure(transport.tls),
    preface: transport?.proxyProtocol === undefined ? null : PREFACES[transport.proxyProtocol.version],
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
