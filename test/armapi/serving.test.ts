import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createArmApi, type ArmApi } from '../../src/armapi/arm-api.js';
import { textOf } from '../../src/armapi/daemon.js';
import { ARM, EDGE, EXEC, listed, OWN_LABELS, PROJECT } from './arm.js';
import { say } from '../../src/words/say.js';

/** What the daemon was asked, but for lists of containers. */
const asked: string[] = [];
let folder = '';
let api: ArmApi;

/** A daemon that answers as Docker does, over a socket. */
const daemon = createServer((incoming, response) => {
  void (async () => {
    const { method = '', url = '' } = incoming;
    const body = await textOf(incoming);
    if (url.includes('/containers/json')) return response.end(JSON.stringify([listed(EDGE, 'edge', 1)]));
    asked.push(`${method} ${url} ${body}`.trim());
    if (url.endsWith('/exec')) return response.writeHead(201).end(JSON.stringify({ Id: EXEC }));
    if (url.includes('/stats')) {
      response.write(`{"name":"/${PROJECT}-edge-1"}\n{"name":"/${PROJECT}`);
      return setTimeout(() => response.end('-edge-1","n":2}'), 20);
    }
    if (url.endsWith('/pause'))
      return response.writeHead(409).end(JSON.stringify({ message: `Container ${PROJECT}-edge-1 is not running` }));
    return response.writeHead(204).end();
  })();
}).on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
  asked.push(`UPGRADE ${incoming.method} ${incoming.url} ${head.toString()}`.trim());
  socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  socket.on('end', () => socket.end(`heard ${said}`));
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-test-api-'));
  await once(daemon.listen(join(folder, 'daemon.sock')), 'listening');
  api = createArmApi({ folder: join(folder, 'api'), daemonSocket: join(folder, 'daemon.sock'), ownLabels: OWN_LABELS });
  await api.serve(ARM.view, { console: join(folder, 'api', '1.sock') });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  daemon.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
});

async function ask(
  method: string,
  path: string,
  body = '',
): Promise<{ readonly status: number; readonly text: string }> {
  const sent = request({ socketPath: join(folder, 'api', '1.sock'), method, path, agent: false });
  sent.on('error', () => {}).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: await textOf(answer) };
}

/** Sends bytes as they are, the client's end after them, and returns all that comes back. */
async function raw(bytes: readonly string[]): Promise<string> {
  const socket = connect(join(folder, 'api', '1.sock'));
  const closed = once(
    socket.on('error', () => {}),
    'close',
  );
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
    if (answer.includes(' 101 ') && !socket.writableEnded) socket.end('typed');
  });
  for (const text of bytes) {
    socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await closed;
  return answer;
}

test('every user in a container may use the socket, and nobody else on the host can enter its folder', async () => {
  expect((await stat(join(folder, 'api'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'api', '1.sock'))).mode & 0o777).toBe(0o666);
});

test('the list has the names of the compose file', async () => {
  const { status, text } = await ask('GET', '/v1.44/containers/json');
  expect([status, (JSON.parse(text) as { Names: string[] }[]).map(({ Names }) => Names)]).toEqual([
    200,
    [['/shop-edge']],
  ]);
});

test('a name becomes an id of the arm; a call without a body is passed on without one', async () => {
  expect((await ask('POST', '/v1.44/containers/shop-edge/restart?t=1')).status).toBe(204);
  expect(asked).toEqual([`POST /v1.44/containers/${EDGE}/restart?t=1`]);
});

test('errors of the daemon have the names of the compose file', async () => {
  expect(await ask('POST', '/containers/shop-edge/pause')).toEqual({
    status: 409,
    text: JSON.stringify({ message: 'Container shop-edge is not running' }),
  });
});

test('values that come line by line are rewritten, wherever the chunks end', async () => {
  expect(await ask('GET', '/containers/shop-edge/stats')).toEqual({
    status: 200,
    text: '{"name":"/shop-edge"}\n{"name":"/shop-edge","n":2}\n',
  });
});

test.each([
  ['POST', '/containers/create', 403, 'slopegate does not let an arm under test do this: POST /containers/create'],
  ['GET', '/containers/production/json', 404, 'No such thing in this arm: production'],
  [
    'POST',
    '/v1.20/containers/shop-edge/start',
    400,
    'client version is too old. Minimum supported API version is 1.24',
  ],
])('%s %s is answered %i, and the daemon is not asked', async (method, path, status, message) => {
  const answer = await ask(method, path);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { message }]);
  expect(asked).toEqual([]);
});

test('a body that is too long does not reach the daemon', async () => {
  const answer = await ask('POST', '/containers/shop-edge/exec', ' '.repeat(2 * 1024 ** 2));
  expect([answer.status, asked]).toEqual([500, []]);
});

describe('a command', () => {
  const START = `POST /exec/${EXEC}/start HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n`;

  test('a command that was not made through this API is not found', async () => {
    expect((await ask('POST', `/exec/${EXEC}/start`, '{}')).status).toBe(404);
    expect(await raw([`${START}Content-Length: 0\r\n\r\n`])).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each([
    ['a body with a length', ['Content-Length: 13\r\n\r\n{"Tty":', 'false}']],
    ['a body in chunks', ['Transfer-Encoding: chunked\r\n\r\n7\r\n{"Tty":\r\n6', '\r\nfalse}\r\n0\r', '\n\r\n']],
  ])('a command is made, and its connection works in both directions: %s', async (_name, [first = '', ...others]) => {
    expect((await ask('POST', '/containers/shop-edge/exec', '{"Cmd":["sh"]}')).status).toBe(201);
    expect(await raw([START + first, ...others])).toMatch(/^HTTP\/1\.1 101 UPGRADED\r\n.*\r\n\r\nheard typed$/s);
    expect(asked).toEqual([
      `POST /containers/${EDGE}/exec {"Cmd":["sh"]}`,
      `UPGRADE POST /exec/${EXEC}/start {"Tty":false}`,
    ]);
  });

  test.each([
    ['with rights of the host', START, 'Content-Length: 19\r\n\r\n{"Privileged":true}', 403],
    ['with chunks that are none', START, 'Transfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
    ['with a body without end', START, 'Content-Length: 99999999\r\n\r\n', 400],
    ['to a builder', START.replace(/\/exec.*start/, '/session'), '\r\n', 403],
    ['where nothing is streamed', START.replace(/\/exec.*start/, '/containers/shop-edge/stop'), '\r\n', 400],
  ])('%s is not started', async (_name, start, rest, status) => {
    expect(await raw([start + rest])).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(asked).toEqual([]);
  });
});

test('notes for the report: what was refused and what was done, by service', () => {
  const [refused, acted] = api.notes().map(say);
  expect(refused).toMatch(/^console asked its Docker API for what an arm may not do, and was refused: /);
  expect(refused).toContain('POST /containers/create (1 time)');
  expect(refused).toContain('GET /containers/{container}/json of production, which is not in the arm (1 time)');
  expect(acted).toBe(
    'console acted on its arm through its Docker API: restart edge (1 time), pause edge (1 time), exec edge (2 times).',
  );
});

test('a daemon that has gone is reported, and nothing waits for ever', async () => {
  const other = createArmApi({
    folder: join(folder, 'other'),
    daemonSocket: join(folder, 'none'),
    ownLabels: OWN_LABELS,
  });
  await other.serve(ARM.view, { console: join(folder, 'other', '1.sock') });
  const sent = request({ socketPath: join(folder, 'other', '1.sock'), path: '/_ping', agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect([answer.statusCode, await textOf(answer)]).toEqual([
    500,
    expect.stringContaining('could not ask the Docker daemon'),
  ]);
  await other[Symbol.asyncDispose]();
  await expect(stat(join(folder, 'other'))).rejects.toThrow('ENOENT');
});
