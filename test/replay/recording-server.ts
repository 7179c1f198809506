import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the server does with its `n`-th request, counted over all connections from 0. */
export interface Answer {
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** Exact bytes instead of a composed response. */
  readonly raw?: string;
  readonly delayMs?: number;
  /** Answers when this settles. */
  readonly until?: Promise<void>;
  /**
   * Ends the connection after the response (`end`), ends it or resets it instead of one (`hangup`, `reset`), or says
   * nothing for ever.
   */
  readonly after?: 'end' | 'hangup' | 'reset' | 'silence';
}

export interface RecordingServer extends AsyncDisposable {
  readonly port: number;
  /** The exact bytes of every request, in the order of arrival. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
}

/** Records every request byte for byte; a request ends where its Content-Length says. */
export async function startRecordingServer(
  answer: (n: number, request: Buffer) => Answer = () => ({}),
): Promise<RecordingServer> {
  const requests: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (let length = requestLength(pending); length !== null; length = requestLength(pending)) {
        const request = Buffer.from(pending.subarray(0, length));
        pending = pending.subarray(length);
        const n = requests.push(request) - 1;
        respond(socket, answer(n, request));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function requestLength(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const length = headEnd + 4 + Number(/^content-length: (\d+)/im.exec(bytes.toString('latin1', 0, headEnd))?.[1] ?? 0);
  return bytes.length >= length ? length : null;
}

function respond(socket: Socket, answer: Answer): void {
  if (answer.after === 'silence') return;
  const act = (): void => {
    if (answer.after === 'reset') socket.resetAndDestroy();
    else if (answer.after === 'hangup') socket.end();
    else {
      const body = answer.body ?? 'ok';
      const headers = answer.headers ?? [`Content-Length: ${body.length}`];
      socket.write(
        answer.raw ?? [`HTTP/1.1 ${answer.status ?? 200} Answer`, ...headers, '', body].join('\r\n'),
        'latin1',
      );
      if (answer.after === 'end') socket.end();
    }
  };
  if (answer.until !== undefined) void answer.until.then(act);
  else if (answer.delayMs === undefined) act();
  else setTimeout(act, answer.delayMs);
}
