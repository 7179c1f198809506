import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { SlopegateError } from '../../model/index.js';
import { run, type Environment } from '../compose/run.js';

/** A client of the daemon that the docker command line would talk to. Nothing was asked of it yet. */
export interface DockerConnection {
  readonly docker: Docker;
  /** `unix:///var/run/docker.sock`, `tcp://…`, `ssh://…`. */
  readonly host: string;
  /** Whether the daemon runs on this machine: only then can its cgroups be read and its loopback ports reached. */
  readonly local: boolean;
}

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** Chooses the daemon as the docker command does: DOCKER_HOST, then the current context, then the usual socket. */
export async function connectDocker(env: Environment): Promise<DockerConnection> {
  const host = env['DOCKER_HOST'] || (await contextHost(env)) || DEFAULT_HOST;
  const url = parse(host);
  const local = url.protocol === 'unix:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return { docker: new Docker(await clientOptions(url, env)), host, local };
}

async function clientOptions(url: URL, env: Environment): Promise<Docker.DockerOptions> {
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  if (url.protocol === 'ssh:') {
    return { protocol: 'ssh', host: url.hostname, port: Number(url.port || 22), username: url.username || env['USER'] || 'root' };
  }
  const secure = url.protocol === 'https:' || Boolean(env['DOCKER_TLS_VERIFY']);
  const port = Number(url.port || (secure ? 2376 : 2375));
  if (!secure) return { protocol: 'http', host: url.hostname, port };
  const folder = env['DOCKER_CERT_PATH'] ?? join(env['HOME'] ?? '', '.docker');
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((name) => certificate(join(folder, name))));
  return { protocol: 'https', host: url.hostname, port, ca, cert, key };
}

async function certificate(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SlopegateError('DOCKER_UNREACHABLE', `The Docker daemon asks for TLS, but ${file} can't be read.`, { cause, hint: 'Set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem.' });
  }
}

async function contextHost(env: Environment): Promise<string | null> {
  try {
    const { code, stdout } = await run({ command: ['docker', 'context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], env });
    return code === 0 ? stdout.trim() : null;
  } catch {
    return null; // No docker command on the PATH: the socket may be there all the same.
  }
}

function parse(host: string): URL {
  try {
    return new URL(host);
  } catch (cause) {
    throw new SlopegateError('DOCKER_UNREACHABLE', `${host} is not the address of a Docker daemon.`, { cause, hint: 'DOCKER_HOST looks like unix:///var/run/docker.sock or tcp://host:2376.' });
  }
}
