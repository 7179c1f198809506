import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { RefusedCall } from '../model/index.js';
import { refusalMessage } from '../words/arm-api.js';
import { bodyOfUpgrade } from './body-of-upgrade.js';
import type { ArmNow } from './calls/arm-view.js';
import { judge, type Asked, type Ruling } from './calls/judge.js';
import { renaming } from './calls/names.js';
import { askDaemon, textOf } from './daemon.js';
import { rewriteLines } from './rewrite-lines.js';

/** The API of one service: the daemon behind it, and who records its calls. */
export interface Service {
  /** The daemon's own socket. */
  readonly daemonSocket: string;
  readonly ownLabels: readonly string[];
  readonly now: () => Promise<ArmNow>;
  readonly onRefused: (call: RefusedCall) => void;
  /** Called with `restart web` before it is done. */
  readonly onAct: (call: string) => void;
  /** Called with the id of a command that was made. */
  readonly onExec: (id: string) => void;
}

type Forwarded = Extract<Ruling, { readonly kind: 'forward' }>;

const MOST_BODY_BYTES = 1024 ** 2;

export interface Serving {
  readonly server: Server;
  /** Ends the server and everything that is connected to it. */
  end(): void;
}

/** An HTTP server that answers like a daemon that has nothing but the arm. */
export function serveCalls(service: Service): Serving {
  const streams = new Set<Duplex>();
  const server = createServer((request, response) => {
    void answer(service, request, response).catch((error: unknown) => respond(response, 500, failure(error)));
  });
  server.on('upgrade', (request, socket, head) => {
    streams.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => streams.delete(socket));
    void answerUpgrade(service, request, socket, head).catch((error: unknown) => write(socket, 500, failure(error)));
  });
  // As the daemon does it: a client that keeps a connection open may use it later.
  server.keepAliveTimeout = 0;
  return {
    server,
    end: () => {
      server.close();
      server.closeAllConnections();
      for (const socket of streams) socket.destroy();
    },
  };
}

async function rule(service: Service, asked: Asked): Promise<{ readonly ruling: Ruling; readonly arm: ArmNow }> {
  const arm = await service.now();
  const ruling = judge(asked, arm, service.ownLabels);
  if (ruling.kind === 'refuse') service.onRefused(ruling);
  return { ruling, arm };
}

async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request, MOST_BODY_BYTES);
  const { ruling, arm } = await rule(service, { method: request.method ?? '', target: request.url ?? '', body });
  if (ruling.kind === 'refuse') return respond(response, statusOf(ruling), refusalMessage(ruling));
  if (ruling.acts !== null) service.onAct(ruling.acts);
  const sent = askDaemon(service.daemonSocket, ruling);
  response.on('close', () => sent.destroy());
  const received = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
  });
  await passBack(service, ruling, arm, received, response);
}

async function passBack(
  service: Service,
  { answer: { kind, ...rest } }: Forwarded,
  arm: ArmNow,
  received: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { statusCode: status = 502 } = received;
  received.on('error', () => response.destroy());
  if (status >= 400 || kind === 'whole' || kind === 'exec') {
    const text = await textOf(received);
    const shown = status >= 400 ? renaming(arm)(text) : rewritten(service, text, rest);
    return void response.writeHead(status, headersOf(received)).end(shown);
  }
  response.writeHead(status, headersOf(received));
  // A client that waits for events wants to know at once that the call is accepted.
  response.flushHeaders();
  if (!('rewrite' in rest)) return void received.pipe(response);
  received
    .pipe(rewriteLines(rest.rewrite))
    .on('error', () => response.destroy())
    .pipe(response);
}

function rewritten(service: Service, text: string, how: { readonly rewrite?: (value: unknown) => unknown }): string {
  const value = JSON.parse(text) as unknown;
  if (how.rewrite !== undefined) return JSON.stringify(how.rewrite(value));
  service.onExec((value as { readonly Id: string }).Id);
  return text;
}

/** Commands and consoles send in both directions at the same time. */
async function answerUpgrade(service: Service, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const taken = await bodyOfUpgrade(request, socket, head);
  if (taken === null) return write(socket, 400, 'the body of the request can not be read');
  const asked = { method: request.method ?? '', target: request.url ?? '', body: taken.body };
  const { ruling, arm } = await rule(service, asked);
  if (ruling.kind === 'refuse') return write(socket, statusOf(ruling), refusalMessage(ruling));
  if (ruling.answer.kind !== 'stream') return write(socket, 400, 'this call is no stream');
  const sent = askDaemon(service.daemonSocket, { ...ruling, upgrade: true });
  socket.on('close', () => sent.destroy());
  sent.on('error', (error) => write(socket, 502, failure(error)));
  sent.on('upgrade', (received, stream, first) => {
    socket.write(headOf(received));
    socket.write(first);
    stream.write(taken.rest);
    stream.on('error', () => socket.destroy());
    socket.on('close', () => stream.destroy());
    stream.pipe(socket);
    socket.pipe(stream);
  });
  sent.on('response', (received) => {
    void textOf(received).then((text) => write(socket, received.statusCode ?? 502, messageIn(renaming(arm)(text))));
  });
}

function statusOf({ reason }: RefusedCall): number {
  if (reason === 'missing') return 404;
  return reason === 'version' ? 400 : 403;
}

function respond(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify({ message })}\n`);
}

function write(socket: Duplex, status: number, message: string): void {
  if (socket.destroyed || socket.writableEnded) return;
  const body = `${JSON.stringify({ message })}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** The daemon's headers of its answer, without the length, which may have changed. */
function headersOf({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const hop = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined || hop.has(name) ? [] : [[name, value]])),
  );
}

function headOf({ statusCode = 101, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n');
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}

function failure(error: unknown): string {
  return `slopegate could not ask the Docker daemon: ${(error as Error).message}`;
}
