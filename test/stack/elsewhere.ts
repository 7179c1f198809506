import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { run } from '../../src/compose/run.js';
import { fixture } from './scenarios.js';

/** A Docker daemon on what might as well be another machine: nothing but its address is reached from here. */
export interface Elsewhere extends AsyncDisposable {
  readonly address: string;
  /**
   * Holds `ca.pem`, `cert.pem` and `key.pem` of a client, the daemon's socket, and in `config` a Docker context called
   * `elsewhere`.
   */
  readonly folder: string;
  /** `ssh://…`, and where its key is; null if there is no ssh server to be had. */
  readonly ssh: { readonly host: string; readonly path: string } | null;
}

const NEEDED = ['unshare', 'ip', 'dockerd', 'docker'];
const SSHD = '/usr/sbin/sshd';

/** Why no second daemon can be started here; null if one can. */
export async function whyNotElsewhere(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  for (const command of NEEDED) if ((await sh(`command -v ${command}`)).code !== 0) return `needs ${command}`;
  return null;
}

/** Starts the daemon in namespaces of its own and gives it the images. */
export async function startElsewhere(images: readonly string[]): Promise<Elsewhere> {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-elsewhere-'));
  const net = `10.250.${process.pid % 250}`;
  const [here, address] = [`${net}.1`, `${net}.2`];
  const link = `sge${process.pid}`;
  await makeCertificates(folder, address);
  const child = spawn(
    'unshare',
    [
      '--net',
      '--pid',
      '--mount',
      '--uts',
      '--fork',
      '--kill-child',
      '--mount-proc',
      'sh',
      fixture('elsewhere/daemon.sh'),
      folder,
      address,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const dispose = async (): Promise<void> => {
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await sh(`ip link delete ${link}`);
    await removeCgroups();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await inOwnNetwork(child);
    await shOrThrow(
      `ip link add ${link} type veth peer name eth0 netns ${child.pid} && ip address add ${here}/30 dev ` +
        `${link} && ip link set ${link} up`,
    );
    const socket = `unix://${folder}/docker.sock`;
    for (let tries = 0; (await sh(`docker -H ${socket} version`)).code !== 0; tries += 1) {
      if (tries > 150 || child.exitCode !== null)
        throw new Error(`The second daemon does not start:\n${await readFile(join(folder, 'log'), 'utf8')}`);
      await sleep(100);
    }
    const [sshd] = await Promise.all([
      prepareSsh(folder),
      shOrThrow(`docker save ${images.join(' ')} | docker -H ${socket} load`),
    ]);
    child.stdin.write(`${sshd ?? ''}\n`);
    const ssh =
      sshd === null ? null : { host: `ssh://root@${address}:2222${folder}/docker.sock`, path: join(folder, 'bin') };
    if (sshd !== null) await answers(address, 2222);
    return { address, folder, ssh, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Unshare has made the namespace once it differs from ours. */
async function inOwnNetwork({ pid }: ChildProcess): Promise<void> {
  const ours = await sh('readlink /proc/self/ns/net');
  for (let tries = 0; (await sh(`readlink /proc/${pid}/ns/net`)).stdout === ours.stdout; tries += 1) {
    if (tries > 100) throw new Error('unshare made no network');
    await sleep(50);
  }
}

/** One authority, a server and a client, as Docker's own instructions have it, and a context that knows them. */
async function makeCertificates(folder: string, address: string): Promise<void> {
  const ca = await generate([{ name: 'commonName', value: 'slopegate-test-ca' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
    ],
  });
  const signed = (
    name: string,
    use: object,
    rest: { name: 'subjectAltName'; altNames: { type: 7; ip: string }[] }[] = [],
  ) =>
    generate([{ name: 'commonName', value: name }], {
      algorithm: 'sha256',
      ca: { key: ca.private, cert: ca.cert },
      extensions: [{ name: 'extKeyUsage', ...use }, ...rest],
    });
  const server = await signed('elsewhere', { serverAuth: true }, [
    { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] },
  ]);
  const client = await signed('slopegate', { clientAuth: true });
  const files = {
    'ca.pem': ca.cert,
    'server-cert.pem': server.cert,
    'server-key.pem': server.private,
    'cert.pem': client.cert,
    'key.pem': client.private,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  const tls = ['ca', 'cert', 'key'].map((name) => `${name}=${join(folder, `${name}.pem`)}`).join(',');
  await mkdir(join(folder, 'config'));
  await shOrThrow(
    `DOCKER_CONFIG=${join(folder, 'config')} docker context create elsewhere --docker ` +
      `host=tcp://${address}:2376,${tls}`,
  );
}

/** A throw-away key, and an `ssh` that knows it, as the user's configuration would. Null if there is no server. */
async function prepareSsh(folder: string): Promise<string | null> {
  const server = existsSync(SSHD) ? SSHD : await unpackSshd(folder);
  if (server === null || (await sh('command -v ssh ssh-keygen')).code !== 0) return null;
  for (const name of ['key', 'host_key']) await shOrThrow(`ssh-keygen -q -t ed25519 -N '' -f ${join(folder, name)}`);
  await mkdir(join(folder, 'bin'));
  const { stdout: ssh } = await sh('command -v ssh');
  const settings =
    `-F /dev/null -i ${join(folder, 'key')} -o IdentitiesOnly=yes -o ` +
    `StrictHostKeyChecking=no -o UserKnownHostsFile=${join(folder, 'known_hosts')}`;
  await writeFile(join(folder, 'bin/ssh'), `#!/bin/sh\nexec ${ssh.trim()} ${settings} "$@"\n`, { mode: 0o755 });
  return server;
}

async function answers(host: string, port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect({ host, port });
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    if (tries > 100) throw new Error(`Nobody listens at ${host}:${port}.`);
    await sleep(50);
  }
}

/** The packages hold a program that needs no installation. */
async function unpackSshd(folder: string): Promise<string | null> {
  const { code } = await sh(
    `cd ${folder} && apt-get download openssh-server libwrap0 && for package in *.deb; do dpkg -x $package sshd; done`,
  );
  const server = join(folder, 'sshd', SSHD);
  return code === 0 ? server : null;
}

/** Its containers are gone; their empty control groups need not be. */
async function removeCgroups(): Promise<void> {
  const { stdout } = await sh('find /sys/fs/cgroup -depth -type d -path "*/slopegate-elsewhere*"');
  for (const group of stdout.split('\n').filter(Boolean)) await rmdir(group).catch(() => {});
}

const sh = (script: string) => run({ command: ['sh', '-c', script], env: process.env });

async function shOrThrow(script: string): Promise<void> {
  const { code, lines } = await sh(script);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${lines.join('\n')}`);
}
