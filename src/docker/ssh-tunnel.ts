import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { run, type Environment } from '../compose/run.js';

/** One ssh connection for everything: the daemon's API, the load, and files of the host. */
export interface Tunnel extends AsyncDisposable {
  /** A socket on this machine that leads to the daemon's socket. */
  readonly socket: string;
  /** A port on this machine's loopback interface that leads to a port of the other machine. */
  forward(port: number): Promise<number>;
  /** Null if the file does not exist or may not be read. */
  readFile(path: string): Promise<string | null>;
}

const CONNECT_SECONDS = 15;
const ATTEMPTS = 3;

/**
 * Opens a tunnel with the ssh command, so that the user's configuration, keys, agent and known hosts are used. It never
 * asks for a password.
 * @param url `ssh://user@host:port/path/of/the/socket`; user, port and path may be missing
 * @throws SlopegateError DOCKER_UNREACHABLE
 */
export async function openTunnel(url: URL, env: Environment): Promise<Tunnel> {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-'));
  const [control, socket] = [join(folder, 'control'), join(folder, 'docker.sock')];
  const ssh = ['ssh', '-T', '-o', 'BatchMode=yes', '-o', 'RemoteCommand=none', '-o', `ControlPath=${control}`];
  const target = [
    ...(url.port === '' ? [] : ['-p', url.port]),
    ...(url.username === '' ? [] : ['-l', decodeURIComponent(url.username)]),
    '--',
    url.hostname,
  ];
  const settings = [
    'ControlMaster=yes',
    'ControlPersist=no',
    `ConnectTimeout=${CONNECT_SECONDS}`,
    'ServerAliveInterval=15',
    'ExitOnForwardFailure=yes',
  ].flatMap((setting) => ['-o', setting]);
  const remote = ['', '/'].includes(url.pathname) ? '/var/run/docker.sock' : url.pathname;
  const master = await start(
    [...ssh, ...settings, '-L', `${socket}:${remote}`, ...target, 'echo ready; exec cat'],
    env,
  ).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });

  const open = async (port: number): Promise<number> => {
    for (let attempt = 1; ; attempt += 1) {
      const own = await freePort();
      const { code, lines } = await run({
        command: [...ssh, '-O', 'forward', '-L', `127.0.0.1:${own}:127.0.0.1:${port}`, ...target],
        env,
      });
      if (code === 0) return own;
      if (attempt === ATTEMPTS)
        throw new SlopegateError(
          'START_FAILED',
          `ssh cannot forward to port ${port} of ${url.hostname}: ${lines.at(-1) ?? 'it gave no reason'}`,
          { hint: 'The ssh server must allow it: AllowTcpForwarding.' },
        );
    }
  };
  const ports = new Map<number, Promise<number>>();
  return {
    socket,
    forward(port) {
      if (!ports.has(port)) ports.set(port, open(port));
      return ports.get(port)!;
    },
    async readFile(path) {
      const { code, stdout } = await run({ command: [...ssh, ...target, 'cat', path], env });
      return code === 0 ? stdout : null;
    },
    async [Symbol.asyncDispose]() {
      if (master.exitCode === null && master.signalCode === null) {
        master.kill();
        await once(master, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The connection that the others share. It has its own process group, because Ctrl-C must not end it while the clean-up
 * needs it. It ends with this process even if that is killed, because the `cat` at its other end then reads the end of
 * its input.
 */
async function start([file = '', ...args]: readonly string[], env: Environment): Promise<ChildProcess> {
  const master = spawn(file, args, { env: { ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  master.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  master.stdin.on('error', () => {}); // Its end tells.
  await new Promise<void>((resolve, reject) => {
    const fail = (because: Error | string): void =>
      reject(
        new SlopegateError('DOCKER_UNREACHABLE', "ssh does not reach the daemon's host", {
          because,
          hint:
            '`ssh` must connect without asking for anything. A key needs an agent, and an unknown ' +
            'host must be accepted once.',
        }),
      );
    master.once('error', fail);
    master.once('exit', (code) => fail(said.trim().split('\n').at(-1) || `it ended with ${code}`));
    master.stdout.once('data', () => resolve());
  });
  return master;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
