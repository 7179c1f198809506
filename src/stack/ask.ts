import { readFileSync } from 'node:fs';
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:http2';
import { request as requestSecure } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import type { TlsSettings, TrafficSettings } from '../model/index.js';

/** How an entry is spoken to. */
export type Manner = Pick<TrafficSettings, 'protocol' | 'tls'>;

export interface Question {
  readonly host: string;
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  /** Plain HTTP/1 unless stated. */
  readonly manner?: Manner;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const ANSWER_WITHIN_MS = 5_000;
/** Looks like a browser's: a WAF may refuse what has no agent or accepts nothing. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (slopegate readiness probe)', accept: '*/*' };

/** One request on a connection of its own. */
export function ask(question: Question): Promise<Answer> {
  const limited = { ...question, signal: AbortSignal.any([question.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]) };
  return question.manner?.protocol?.kind === 'http2' ? askHttp2(limited) : askHttp1(limited);
}

function askHttp1({ host, port, method = 'GET', path, manner, signal }: Question): Promise<Answer> {
  const options: RequestOptions = {
    host,
    port,
    method,
    path,
    headers: { ...HEADERS, host: 'localhost' },
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const onResponse = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    };
    const sent =
      manner?.tls === undefined
        ? requestPlain(options, onResponse)
        : requestSecure({ ...options, ...secure(manner.tls) }, onResponse);
    sent.on('error', reject);
    sent.end();
  });
}

async function askHttp2({ host, port, method = 'GET', path, manner, signal }: Question): Promise<Answer> {
  const tls = manner?.tls;
  const session = connect(
    `${tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    tls === undefined ? {} : secure(tls),
  );
  try {
    return await new Promise<Answer>((resolve, reject) => {
      session.on('error', reject);
      session.on('close', () => reject(new Error('the connection ended without an answer over HTTP/2')));
      const stream = session.request(
        { ...HEADERS, ':authority': 'localhost', ':method': method, ':path': path },
        { signal },
      );
      const chunks: Buffer[] = [];
      let status = 0;
      stream.on('response', (headers) => (status = headers[':status'] ?? 0));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => resolve({ status, body: Buffer.concat(chunks).toString('utf8') }));
    });
  } finally {
    session.destroy();
  }
}

/**
 * The entry makes its own certificate, and the traffic will check it where it is to; here it is asked as its clients
 * ask.
 */
function secure({ serverName, clientCertificates: [client] }: TlsSettings): ConnectionOptions {
  return {
    rejectUnauthorized: false,
    ...(serverName === null ? {} : { servername: serverName }),
    ...(client === undefined ? {} : { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
  };
}
