import {
  createSecureServer,
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';

/** Made anew for each run: no key is kept in the repository. */
export async function makeCertificate(name: string): Promise<{ readonly cert: string; readonly key: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'waf.test' }] }],
  });
  return { cert, key };
}

export const serverCertificate = await makeCertificate('slopegate-test');

/** One handshake as the server saw it. */
export interface Handshake {
  readonly reused: boolean;
  /** Common name of the client's certificate. */
  readonly client: string | undefined;
  readonly name: unknown;
  readonly protocol: string | false | null;
  /** Paths of the requests that the connection carried. */
  readonly paths: readonly string[];
}

export interface TlsServer extends AsyncDisposable {
  readonly port: number;
  readonly handshakes: readonly Handshake[];
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** An HTTP/1 server over TLS that logs its handshakes; asks for a client certificate and takes any. */
export async function startTlsServer(options: TlsOptions = {}): Promise<TlsServer> {
  const handshakes: (Handshake & { paths: string[] })[] = [];
  const server = createServer(
    { ...serverCertificate, requestCert: true, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...options },
    (socket) => {
      const seen = { ...handshakeOf(socket), paths: [] as string[] };
      handshakes.push(seen);
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        const paths = [...chunk.toString('latin1').matchAll(/^[A-Z]+ (\S+) HTTP/gm)].map(([, path = '']) => path);
        seen.paths.push(...paths);
        socket.write(OK.repeat(paths.length));
      });
    },
  );
  return { handshakes, ...(await listening(server)) };
}

function handshakeOf(socket: TLSSocket & { servername?: unknown }): Omit<Handshake, 'paths'> {
  return {
    reused: socket.isSessionReused(),
    client: socket.getPeerCertificate().subject?.CN as string | undefined,
    name: socket.servername,
    protocol: socket.alpnProtocol,
  };
}

interface H2Request {
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly raw: readonly string[];
  readonly body: string;
}

export interface H2Server extends AsyncDisposable {
  readonly port: number;
  readonly requests: readonly H2Request[];
  /** Paths of the streams of each session. */
  readonly sessions: readonly (readonly string[])[];
  /** Paths of the streams that the client cancelled. */
  readonly cancelled: readonly string[];
  readonly mostAtOnce: number;
}

/** What the server does with a stream. */
export interface H2Answer {
  readonly status?: number;
  readonly body?: string;
  readonly delayMs?: number;
  readonly after?: 'silence' | 'refusal' | 'reset' | 'goaway' | 'hangup';
}

/** An HTTP/2 server, over TLS where `secure`, that logs every stream. */
export async function startH2Server(
  answer: (path: string) => H2Answer = () => ({}),
  { secure = false, maxConcurrentStreams = 100 } = {},
): Promise<H2Server> {
  const requests: H2Request[] = [];
  const sessions: string[][] = [];
  const cancelled: string[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const settings = { maxConcurrentStreams };
  const server = secure ? createSecureServer({ ...serverCertificate, settings }) : createHttp2Server({ settings });
  server.on('session', (session: ServerHttp2Session) => {
    const paths: string[] = [];
    sessions.push(paths);
    session.on('error', () => {});
    session.on('stream', (stream, headers, _, raw?: readonly string[]) => {
      const path = headers[':path'] ?? '';
      paths.push(path);
      mostAtOnce = Math.max(mostAtOnce, ++open);
      stream.on('error', () => {});
      stream.on('close', () => {
        open -= 1;
        if (stream.rstCode === 8) cancelled.push(path);
      });
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        requests.push({ headers, raw: raw ?? [], body: Buffer.concat(chunks).toString('latin1') });
        const { status = 200, body = 'ok', delayMs = 0, after } = answer(path);
        if (after === 'silence') return;
        setTimeout(() => {
          if (stream.destroyed) return;
          if (after === 'reset') return stream.close(2);
          if (after === 'refusal') return stream.close(7);
          if (after === 'hangup') return session.destroy();
          stream.respond({ ':status': status });
          stream.end(body);
          if (after === 'goaway') session.goaway(0, stream.id ?? 0);
        }, delayMs);
      });
    });
  });
  return {
    requests,
    sessions,
    cancelled,
    get mostAtOnce() {
      return mostAtOnce;
    },
    ...(await listening(server)),
  };
}

async function listening(server: Server): Promise<{ port: number } & AsyncDisposable> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
