import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One connection as the server saw it. */
interface LoggedConnection {
  /** What each read gave, in order. */
  readonly pieces: readonly string[];
  readonly bytes: string;
  /** How the client left: `end` for an orderly close, `reset`, or null while it is there. */
  readonly left: 'end' | 'reset' | null;
}

export interface ConnectionLog extends AsyncDisposable {
  readonly port: number;
  readonly connections: readonly LoggedConnection[];
  /** Settles when every client has left. */
  everyoneLeft(): Promise<void>;
}

/** Logs raw connections; `answer` is given what one connection sent so far and returns what to write now. */
export async function startConnectionLog(
  answer: (bytes: string, socket: Socket) => string | null,
): Promise<ConnectionLog> {
  const connections: { pieces: string[]; bytes: string; left: 'end' | 'reset' | null }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const entry: (typeof connections)[number] = { pieces: [], bytes: '', left: null };
    connections.push(entry);
    sockets.add(socket);
    socket.on('error', () => (entry.left ??= 'reset'));
    socket.on('end', () => (entry.left ??= 'end'));
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      entry.pieces.push(chunk.toString('latin1'));
      entry.bytes += chunk.toString('latin1');
      const response = answer(entry.bytes, socket);
      if (response !== null) socket.write(response, 'latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async everyoneLeft() {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
