import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { forwarderCommand, type Forward } from '../../src/armhost/forwarder.js';

const hasPerl = spawnSync('perl', ['-MIO::Socket::IP', '-e', '1']).status === 0;
const running: { kill(): void }[] = [];

afterEach(() => {
  for (const one of running.splice(0)) one.kill();
});

async function listening(onConnection: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({ kill: () => server.close() });
  return (server.address() as AddressInfo).port;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function forwarding(target: number, protocol: Forward['protocol'] = 'tcp'): Promise<number> {
  const port = await freePort();
  const [command = '', ...args] = forwarderCommand([
    { protocol, address: '127.0.0.1', port, service: 'localhost', target },
  ]);
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  running.push({ kill: () => void child.kill('SIGKILL') });
  if (protocol === 'tcp') await untilListening(port);
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error('the forwarder does not listen');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

async function exchanged(port: number, sent: Buffer): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
  socket.end(sent);
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks);
}

describe.runIf(hasPerl)("the program in an arm's host", () => {
  test('forwards every byte in both directions, also after one side has finished', async () => {
    const server = await listening((socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', () => socket.end(Buffer.concat(chunks.reverse())));
    });
    const port = await forwarding(server);
    const sent = Buffer.alloc(3_000_000, 'slopegate ');
    const [large, ...small] = await Promise.all([
      exchanged(port, sent),
      ...Array.from({ length: 100 }, (_, index) => exchanged(port, Buffer.from(`request ${index}`))),
    ]);
    expect(large).toHaveLength(sent.length);
    expect(small.map(String)).toEqual(Array.from({ length: 100 }, (_, index) => `request ${index}`));
  });

  test('a reader that does not read makes the sender wait', async () => {
    let taken = 0;
    const server = await listening((socket) => {
      const timer = setInterval(() => {
        if (!socket.write(Buffer.alloc(1_000_000))) return;
        taken += 1;
      }, 5);
      socket.on('close', () => clearInterval(timer));
    });
    const port = await forwarding(server);
    const client = connect(port, '127.0.0.1')
      .pause()
      .on('error', () => {});
    await sleep(1_000);
    const before = taken;
    await sleep(300);
    expect(taken).toBe(before);
    client.destroy();
  });

  test('if no process listens, the connection is closed at once, and the next one is served', async () => {
    const closed = await freePort();
    const port = await forwarding(closed);
    expect(await exchanged(port, Buffer.from('hello'))).toHaveLength(0);
    const server = createServer((socket) => socket.end('here')).listen(closed, '127.0.0.1');
    await once(server, 'listening');
    running.push({ kill: () => server.close() });
    expect(String(await exchanged(port, Buffer.from('hello')))).toBe('here');
  });

  test('forwards datagrams, and each answer to its sender', async () => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    running.push({ kill: () => server.close() });
    server.on('message', (message, from) => server.send(`${String(message)} heard`, from.port, from.address));
    const port = await forwarding(server.address().port, 'udp');
    const clients = [createSocket('udp4'), createSocket('udp4')];
    const heard = clients.map(async (client, index) => {
      running.push({ kill: () => client.close() });
      const answer = once(client, 'message') as Promise<[Buffer]>;
      const timer = setInterval(() => client.send(`client ${index}`, port, '127.0.0.1'), 100);
      const [message] = await answer;
      clearInterval(timer);
      return String(message);
    });
    expect(await Promise.all(heard)).toEqual(['client 0 heard', 'client 1 heard']);
  });
});
