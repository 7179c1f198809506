import { request, type ClientRequest, type IncomingMessage } from 'node:http';

/** A request to the daemon. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Asks for a connection in both directions. */
  readonly upgrade?: boolean;
}

/** A request to the daemon behind a socket, on its own connection. The caller listens for the answer. */
export function askDaemon(socketPath: string, { method, path, body, upgrade = false }: Question): ClientRequest {
  const text = body === undefined ? '' : JSON.stringify(body);
  const sent = request({
    socketPath,
    method,
    path,
    agent: false,
    headers: {
      Host: 'docker',
      ...(method === 'POST' ? { 'Content-Length': Buffer.byteLength(text) } : {}),
      ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
      ...(upgrade ? { Connection: 'Upgrade', Upgrade: 'tcp' } : {}),
    },
  });
  sent.end(text);
  return sent;
}

/** A JSON value that the daemon answers at once. */
export async function readJson(socketPath: string, path: string): Promise<unknown> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    askDaemon(socketPath, { method: 'GET', path }).on('response', resolve).on('error', reject);
  });
  const text = await textOf(answer);
  if (answer.statusCode !== 200) throw new Error(`the daemon answered ${answer.statusCode}`);
  return JSON.parse(text) as unknown;
}

/** More than any list of a host's containers needs. */
const MOST_BYTES = 64 * 1024 ** 2;

/** The whole text of a message, read to its end; throws if it is too long. */
export async function textOf(message: AsyncIterable<Buffer>, mostBytes = MOST_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length <= mostBytes) chunks.push(chunk);
  }
  if (length > mostBytes) throw new Error(`more than ${mostBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}
