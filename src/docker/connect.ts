import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { isIP } from 'node:net';
import { join } from 'node:path';
import Docker from 'dockerode';
import { maskUser, SlopegateError } from '../model/index.js';
import type { Environment } from '../compose/run.js';
import { commandEnvironment, findDaemon, type DaemonAddress } from './daemon-address.js';
import { otherMachineOf } from './same-machine.js';
import { openTunnel } from './ssh-tunnel.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A daemon, and how to reach what runs on it. So far nothing was asked, except whether it runs on this machine. */
export interface DockerConnection extends AsyncDisposable {
  readonly docker: Docker;
  /** Environment of the docker command, so that it uses the same daemon. */
  readonly env: Environment;
  /** `unix:///var/run/docker.sock`, `tcp://…`, `ssh://…`. */
  readonly host: string;
  /** The Docker context that names it; null without one. */
  readonly context: string | null;
  /** The daemon's socket on this machine; null if it is reached otherwise. */
  readonly socket: string | null;
  /** Whether the daemon runs on this machine, so that its files and its loopback ports are ours. */
  readonly local: boolean;
  /** Address of the daemon's host on which ports are published: loopback, unless that cannot be reached from here. */
  readonly publishedOn: () => Promise<string>;
  /** The address at which a published port can be reached from here. */
  readonly reach: (port: number) => Promise<Address>;
  /** Text of a file on the daemon's host; null if it cannot be read from here. */
  readonly readHostFile: (path: string) => Promise<string | null>;
}

const LOOPBACK = '127.0.0.1';

/**
 * Connects to a daemon.
 * @param named an address or the name of a context; null for the daemon that the docker command would use
 * @throws SlopegateError DOCKER_UNREACHABLE if it is unclear where the daemon is, or ssh cannot connect
 */
export async function connectDocker(env: Environment, named: string | null = null): Promise<DockerConnection> {
  const address = await findDaemon(env, named);
  const { context, url } = address;
  const common = { host: maskUser(url.href), context, env: commandEnvironment(env, address) };
  if (url.protocol === 'ssh:') return throughSsh(address, common);
  const docker = new Docker(await clientOptions(address));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const seemsLocal = url.protocol === 'unix:' || ['localhost', LOOPBACK, '::1'].includes(host);
  const other = seemsLocal ? await otherMachineOf(docker) : null;
  const local = seemsLocal && other === null;
  const publishedOn = async (): Promise<string> => {
    if (other !== null) throw forwarded(url, other);
    return local ? LOOPBACK : addressOf(host);
  };
  return {
    ...common,
    docker,
    socket: url.protocol === 'unix:' ? url.pathname : null,
    local,
    publishedOn,
    reach: async (port) => ({ host: await publishedOn(), port }),
    readHostFile: async (path) => (local ? readFile(path, 'utf8').catch(() => null) : null),
    [Symbol.asyncDispose]: async () => {},
  };
}

function forwarded(url: URL, machine: string): SlopegateError {
  return new SlopegateError(
    'DOCKER_UNREACHABLE',
    `The Docker API at ${maskUser(url.href)} is forwarded to here from another machine, ${machine}. ` +
      'The ports that it publishes are there, and 127.0.0.1 here may be anything.',
    { hint: 'Name the machine itself: DOCKER_HOST=ssh://user@host. Then the traffic goes through ssh too.' },
  );
}

async function throughSsh(
  address: DaemonAddress,
  common: Pick<DockerConnection, 'host' | 'context' | 'env'>,
): Promise<DockerConnection> {
  const tunnel = await openTunnel(address.url, common.env);
  const near: DaemonAddress = { context: null, url: new URL(`unix://${tunnel.socket}`), tls: null };
  return {
    ...common,
    docker: new Docker(await clientOptions(near)),
    env: commandEnvironment(common.env, near),
    socket: null,
    local: false,
    publishedOn: async () => LOOPBACK,
    reach: async (port) => ({ host: LOOPBACK, port: await tunnel.forward(port) }),
    readHostFile: (path) => tunnel.readFile(path),
    [Symbol.asyncDispose]: () => tunnel[Symbol.asyncDispose](),
  };
}

/**
 * Every option is given. dockerode would take missing ones from DOCKER_HOST and similar variables, which may mean
 * another daemon.
 */
async function clientOptions({ url, tls }: DaemonAddress): Promise<Docker.DockerOptions> {
  const plain = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    protocol: 'http',
    ca: undefined,
    cert: undefined,
    key: undefined,
  } as const;
  const options = (stated: Docker.DockerOptions): Docker.DockerOptions => ({ ...plain, ...stated });
  if (url.protocol === 'unix:') return options({ socketPath: url.pathname });
  const secure = tls !== null;
  const place = { host: url.hostname, port: Number(url.port || (secure ? 2376 : 2375)) };
  if (!secure) return options(place);
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => certificate(join(tls.folder, name))),
  );
  const agent = tls.verify ? {} : { agent: new Agent({ ca, cert, key, rejectUnauthorized: false }) };
  return options({ ...place, protocol: 'https', ca, cert, key, ...agent });
}

async function certificate(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SlopegateError('DOCKER_UNREACHABLE', `The Docker daemon needs TLS, but ${file} cannot be read.`, {
      cause,
      hint: 'Set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem.',
    });
  }
}

/** Docker publishes ports on an address and not on a name. */
async function addressOf(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    throw new SlopegateError('DOCKER_UNREACHABLE', `${host} has no address.`, {
      cause,
      hint: "Is the name of the Docker daemon's host right?",
    });
  }
}
