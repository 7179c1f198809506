import type { IncomingHttpHeaders } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { buildConnector, Client, errors, H2CClient } from 'undici';

/** One exchange with a container of the run, and never with another host. */
export interface Exchange {
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | null;
  /** Null for unencrypted HTTP. Certificates are not checked: the arm makes its own. */
  readonly tls: ConnectionOptions | null;
  /** Bytes before everything else on the connection: a header of the PROXY protocol. */
  readonly preface?: Buffer | null;
  /** Uses HTTP/2 only; HTTP/1.1 if absent. */
  readonly http2?: boolean;
  readonly signal: AbortSignal;
}

export interface ExchangeReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request on its own connection and reads the whole answer. Redirects are not followed. */
export async function exchange(wanted: Exchange): Promise<ExchangeReply> {
  const client = clientFor(wanted);
  try {
    const { method, path, headers, body = null, signal } = wanted;
    const answer = await client.request({
      method,
      path,
      headers: { ...headers },
      body,
      signal,
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  } catch (cause) {
    // undici's own words for this are "other side closed".
    if (cause instanceof errors.SocketError) throw new Error('the connection closed before an answer came', { cause });
    throw cause;
  } finally {
    await client.destroy();
  }
}

function clientFor({ host, port, tls, preface = null, http2 = false }: Exchange): Client | H2CClient {
  const origin = `${tls === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const dial =
    preface === null
      ? null
      : (): Socket => {
          const socket = connectTcp({ host: host.replace(/^\[|\]$/g, ''), port });
          socket.write(preface);
          return socket;
        };
  if (tls !== null) return new Client(origin, { allowH2: http2, connect: connectorFor(tls, http2, dial) });
  const options = dial === null ? {} : { connect: plainConnector(dial) };
  return http2 ? new H2CClient(origin, options) : new Client(origin, options);
}

function plainConnector(dial: () => Socket): buildConnector.connector {
  return (_target, callback) => {
    const socket = dial();
    const failed = (error: Error): void => callback(error, null);
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      callback(null, socket);
    });
  };
}

/** undici would take the server name from the Host header. The traffic may have another one, or none. */
function connectorFor(tls: ConnectionOptions, http2: boolean, dial: (() => Socket) | null): buildConnector.connector {
  // The type does not have the options that the connector passes to TLS.
  const options = { ...tls, rejectUnauthorized: false, allowH2: http2 } as buildConnector.BuildOptions;
  const connect = buildConnector(options);
  return (target, callback) =>
    connect({ ...target, servername: tls.servername ?? '', ...(dial && { httpSocket: dial() }) }, (...result) => {
      const [error, socket] = result;
      if (error !== null) callback(error, null);
      // The traffic speaks HTTP/2. If a server was offered HTTP/2 and chose HTTP/1.1, that is an error.
      else if (!http2 || (socket as TLSSocket).alpnProtocol === 'h2') callback(null, socket);
      else {
        socket.destroy();
        callback(new Error('it does not speak HTTP/2'), null);
      }
    });
}
