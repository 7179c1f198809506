import { join } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { run, type Environment } from '../compose/run.js';

/** The address of a daemon, and the certificates of both sides. */
export interface DaemonAddress {
  /** The Docker context that contains it; null if it comes from DOCKER_HOST, an address or the default socket. */
  readonly context: string | null;
  /** `unix:///var/run/docker.sock`, `tcp://…`, `ssh://…`. */
  readonly url: URL;
  /** Null if the connection is not encrypted, or if ssh encrypts it. */
  readonly tls: { readonly folder: string; readonly verify: boolean } | null;
}

const USUAL_SOCKET = new URL('unix:///var/run/docker.sock');

/**
 * Chooses a daemon as the docker command does.
 * @param named an address or the name of a context; null for DOCKER_HOST, then the current context, then the default
 * socket
 * @throws SlopegateError DOCKER_UNREACHABLE for a text that is not an address, or an unknown context
 */
export async function findDaemon(env: Environment, named: string | null): Promise<DaemonAddress> {
  if (named !== null && named !== 'default')
    return named.includes('://') ? fromUrl(named, env) : inspectContext(env, named);
  if (env['DOCKER_HOST']) return fromUrl(env['DOCKER_HOST'], env);
  return named === 'default' ? { context: null, url: USUAL_SOCKET, tls: null } : inspectContext(env, null);
}

/** Environment of the docker command, so that it uses the same daemon, whatever else the environment says. */
export function commandEnvironment(env: Environment, { context, url, tls }: DaemonAddress): Environment {
  const own = context === null ? { DOCKER_HOST: url.href } : { DOCKER_CONTEXT: context };
  const secure =
    context === null && tls !== null
      ? { DOCKER_CERT_PATH: tls.folder, ...(tls.verify ? { DOCKER_TLS_VERIFY: '1' } : { DOCKER_TLS: '1' }) }
      : {};
  const none = {
    DOCKER_HOST: undefined,
    DOCKER_CONTEXT: undefined,
    DOCKER_TLS: undefined,
    DOCKER_TLS_VERIFY: undefined,
    DOCKER_CERT_PATH: undefined,
  };
  return { ...env, ...none, ...own, ...secure };
}

function fromUrl(text: string, env: Environment): DaemonAddress {
  const url = parse(text);
  const verify = Boolean(env['DOCKER_TLS_VERIFY']);
  const secure = url.protocol === 'tcp:' && (verify || Boolean(env['DOCKER_TLS']));
  const folder = env['DOCKER_CERT_PATH'] ?? join(env['HOME'] ?? '', '.docker');
  return { context: null, url, tls: secure ? { folder, verify } : null };
}

interface InspectedContext {
  readonly Name: string;
  readonly Endpoints: { readonly docker?: { readonly Host?: string; readonly SkipTLSVerify?: boolean } };
  readonly TLSMaterial?: { readonly docker?: readonly string[] };
  readonly Storage: { readonly TLSPath: string };
}

/**
 * Asks the docker command, which knows its contexts, and which one is current by DOCKER_CONTEXT or its configuration.
 */
async function inspectContext(env: Environment, name: string | null): Promise<DaemonAddress> {
  const wanted = name ?? (env['DOCKER_CONTEXT'] || null);
  const found = await run({ command: ['docker', 'context', 'inspect', ...(name === null ? [] : [name])], env }).catch(
    () => null,
  );
  if (found?.code !== 0) {
    // Even without a docker command, the socket may exist.
    if (wanted === null) return { context: null, url: USUAL_SOCKET, tls: null };
    throw new SlopegateError('DOCKER_UNREACHABLE', `There is no Docker context "${wanted}".`, {
      reason: found?.lines.at(-1) ?? null,
      hint: '`docker context ls` lists all contexts.',
    });
  }
  const [context] = JSON.parse(found.stdout) as readonly InspectedContext[];
  const { Host: host, SkipTLSVerify: skip } = context?.Endpoints.docker ?? {};
  if (context === undefined || !host)
    throw new SlopegateError('DOCKER_UNREACHABLE', `The Docker context "${wanted ?? ''}" has no Docker daemon.`, {
      hint: '`docker context inspect` shows it.',
    });
  const secure = (context.TLSMaterial?.docker ?? []).length > 0;
  return {
    context: context.Name === 'default' ? null : context.Name,
    url: parse(host),
    tls: secure ? { folder: join(context.Storage.TLSPath, 'docker'), verify: skip !== true } : null,
  };
}

const PROTOCOLS = ['unix:', 'tcp:', 'ssh:'];

function parse(host: string): URL {
  const url = URL.canParse(host) ? new URL(host) : null;
  if (url !== null && PROTOCOLS.includes(url.protocol)) return url;
  throw new SlopegateError('DOCKER_UNREACHABLE', `${host} is not the address of a Docker daemon.`, {
    hint: 'It looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
  });
}
