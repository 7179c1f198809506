import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const MOST_BYTES = 64 * 1024;

/**
 * The body of a request that asks for a connection in both directions. Node leaves it on the socket, in front of what
 * the client says later.
 * @param head bytes of the socket that were read after the request's headers
 * @returns the body, and what came after it; null if it is not a body, or too long
 */
export async function bodyOfUpgrade(
  { headers }: Pick<IncomingMessage, 'headers'>,
  socket: Duplex,
  head: Buffer,
): Promise<{ readonly body: string; readonly rest: Buffer } | null> {
  const chunked = headers['transfer-encoding'] === 'chunked';
  const length = Number(headers['content-length'] ?? 0);
  const take = chunked ? takeChunks : (bytes: Buffer) => takeLength(bytes, length);
  if (!Number.isSafeInteger(length) || length > MOST_BYTES) return null;
  let read = head;
  for (;;) {
    const taken = take(read);
    if (taken === 'broken' || read.length > 2 * MOST_BYTES) return null;
    if (taken !== 'more') return { body: taken.body.toString('utf8'), rest: taken.rest };
    const chunk = await nextChunk(socket);
    if (chunk === null) return null;
    read = Buffer.concat([read, chunk]);
  }
}

type Taken = { readonly body: Buffer; readonly rest: Buffer } | 'more' | 'broken';

function takeLength(bytes: Buffer, length: number): Taken {
  return bytes.length < length ? 'more' : { body: bytes.subarray(0, length), rest: bytes.subarray(length) };
}

/** A chunk is its length in hexadecimal and its bytes, with a line end after each. The last one is empty. */
function takeChunks(bytes: Buffer): Taken {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return 'more';
    const size = /^([0-9a-f]{1,6})$/i.exec(bytes.subarray(at, end).toString('latin1'));
    if (size === null) return 'broken';
    const from = end + 2;
    const to = from + Number.parseInt(size[1]!, 16);
    if (bytes.length < to + 2) return 'more';
    if (bytes.subarray(to, to + 2).toString('latin1') !== '\r\n') return 'broken';
    if (to === from) return { body: Buffer.concat(parts), rest: bytes.subarray(to + 2) };
    parts.push(bytes.subarray(from, to));
    at = to + 2;
  }
}

function nextChunk(socket: Duplex): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const done = (chunk: Buffer | null): void => {
      socket.off('data', onData).off('end', onEnd).off('close', onEnd);
      socket.pause();
      resolve(chunk);
    };
    const onData = (chunk: Buffer): void => done(chunk);
    const onEnd = (): void => done(null);
    socket.on('data', onData).on('end', onEnd).on('close', onEnd);
    socket.resume();
  });
}
