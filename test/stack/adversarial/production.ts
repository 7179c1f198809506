import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../src/compose/run.js';
import { docker } from '../daemon.js';
import { nameOfTest } from '../../test-process.js';

/** A stack that stands for production, with canaries in everything that an arm might reach. */
export interface Production extends AsyncDisposable {
  /** Host folder that its compose file mounts. */
  readonly folder: string;
  readonly container: string;
  readonly network: string;
  readonly address: string;
  readonly gateway: string;
  readonly subnet: string;
  /** Where it, and servers of the host, listen: `host:port` as an arm would try. */
  readonly listening: readonly string[];
  /** Stands in its environment, memory, processes and answers, and in no file that a copy may be made of. */
  readonly token: string;
  /** Everything of it that an arm could have changed, read or connected to. */
  state(): Promise<unknown>;
}

const NETWORK = 'sg-canary';
const CONTAINER = 'sg-canary-prod';
const [SUBNET, GATEWAY, ADDRESS] = ['10.31.248.0/24', '10.31.248.1', '10.31.248.2'];
const SHARED_MEMORY = `/dev/shm/sg-canary-${process.pid}`;

/** Answers the token to whoever connects, and counts. */
const SERVER = [
  'use IO::Socket::INET; $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 9, ReuseAddr => 1) or die;',
  'while ($c = $s->accept) { open my $h, ">>", "/hits"; print $h "x"; close $h; print $c $ENV{TOKEN}; close $c }',
].join(' ');

export async function startProduction(): Promise<Production> {
  const token = `canary-${randomBytes(8).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-test-canary-'));
  await mkdir(join(folder, 'site/logs'), { recursive: true });
  await mkdir(join(folder, 'with-socket'));
  await writeFile(join(folder, 'site/canary'), 'of production\n');
  await writeFile(join(folder, 'site/logs/access.log'), 'of production\n');
  await writeFile(join(folder, 'prod.env'), 'FROM_FILE=1\n');
  for (const [link, to] of Object.entries({
    'to-root': '/',
    'to-proc': '/proc',
    'to-site': 'site',
    'to-docker': '/var/run/docker.sock',
    'to-socket': 'prod.sock',
    'to-volume': `/var/lib/docker/volumes/${NETWORK}_data/_data`,
  }))
    await symlink(to, join(folder, link));
  await run({ command: ['mkfifo', join(folder, 'prod.pipe')], env: process.env });
  await writeFile(SHARED_MEMORY, token);
  let connections = 0;
  const listen = async (at: string | { readonly port: number; readonly host: string }): Promise<Server> => {
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {}).end(token);
    });
    server.listen(at);
    await once(server, 'listening');
    return server;
  };
  const servers = [
    await listen(join(folder, 'prod.sock')),
    await listen(join(folder, 'with-socket/app.sock')),
    await listen({ port: 0, host: '127.0.0.1' }),
    await listen({ port: 0, host: '0.0.0.0' }),
  ];
  await chmod(join(folder, 'prod.sock'), 0o666);
  const [loopback, everywhere] = servers.slice(2).map((server) => (server.address() as AddressInfo).port);
  const compose = {
    name: nameOfTest('canary'),
    services: {
      db: {
        image: 'debian:bookworm-slim',
        container_name: CONTAINER,
        command: [
          'sh',
          '-c',
          `cp /canary /data/; echo $$TOKEN > /dev/shm/canary; exec perl -e '${SERVER.replaceAll('$', () => '$$')}'`,
        ],
        stop_signal: 'KILL',
        ipc: 'shareable',
        environment: { TOKEN: token },
        ports: ['127.0.0.1:48247:8080', '48248:8080'],
        volumes: ['data:/data', `${folder}/site:/site`, `${folder}/site/canary:/canary:ro`],
        networks: { net: { ipv4_address: ADDRESS } },
      },
    },
    networks: { net: { name: NETWORK, ipam: { config: [{ subnet: SUBNET, gateway: GATEWAY }] } } },
    volumes: { data: { name: `${NETWORK}_data` } },
  };
  const command = ['docker', 'compose', '-f', '-'];
  const input = JSON.stringify(compose);
  const up = await run({ command: [...command, 'up', '-d'], env: process.env, input });
  if (up.code !== 0) throw new Error(up.lines.join('\n'));

  const inside = async (script: string): Promise<string> =>
    (await run({ command: ['docker', 'exec', CONTAINER, 'sh', '-c', script], env: process.env })).stdout;
  // The container runs a moment before its canaries are written.
  while (!(await inside('cat /dev/shm/canary')).includes(token)) await sleep(100);
  return {
    folder,
    container: CONTAINER,
    network: NETWORK,
    address: ADDRESS,
    gateway: GATEWAY,
    subnet: SUBNET,
    token,
    listening: [
      ...['127.0.0.1', GATEWAY, 'host.docker.internal', 'gateway'].flatMap((host) =>
        [48247, 48248, loopback, everywhere].map((port) => `${host}:${port}`),
      ),
      ...[ADDRESS, CONTAINER, 'db'].map((host) => `${host}:8080`),
    ],
    async state() {
      const { Id, State, RestartCount } = await docker.getContainer(CONTAINER).inspect();
      const network = await docker.getNetwork(NETWORK).inspect();
      return {
        connections,
        container: [Id, State.StartedAt, State.Status, RestartCount],
        members: Object.keys(network.Containers ?? {}),
        inside: await inside(
          'cd /; cat hits 2>/dev/null; ls -la --time-style=full-iso data dev/shm site | grep -v " \\.\\.\\?$"; ' +
            'cat data/* dev/shm/*; set -- proc/[0-9]*; echo $#; cat etc/hosts',
        ),
        folder: await tree(folder),
        memory: await readFile(SHARED_MEMORY, 'utf8'),
      };
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.close();
      await run({ command: [...command, 'down', '-v', '-t', '0'], env: process.env, input });
      await rm(folder, { recursive: true, force: true });
      await rm(SHARED_MEMORY, { force: true });
    },
  };
}

/** Everything below a folder, with what files hold and when they were changed. */
async function tree(folder: string): Promise<string[]> {
  // With types, since without them links are followed, also the one that leads to `/`.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  const read = paths.map(async (path) => {
    const stat = await lstat(path);
    const content = stat.isFile() ? await readFile(path, 'utf8') : stat.isSymbolicLink() ? await readlink(path) : '';
    return `${path} ${stat.mode} ${stat.mtimeMs} ${content}`;
  });
  return Promise.all(read);
}
