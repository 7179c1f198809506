import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandEnvironment, findDaemon } from '../../src/docker/daemon-address.js';
import { failureOf } from './scenarios.js';

/** A docker command that knows one context, which is the current one. */
const DOCKER = `#!/bin/sh
[ "$1 $2" = "context inspect" ] || exit 64
case \${3:-\${DOCKER_CONTEXT:-lab}} in
  lab) echo '[{"Name":"lab",
      "Endpoints":{"docker":{"Host":"tcp://10.0.0.5:2376","SkipTLSVerify":true}},
      "TLSMaterial":{"docker":["ca.pem","cert.pem","key.pem"]},
      "Storage":{"TLSPath":"/home/me/.docker/contexts/tls/abc"}}]' ;;
  empty) echo '[{"Name":"empty","Endpoints":{},"TLSMaterial":{},"Storage":{"TLSPath":""}}]' ;;
  *) echo "no such context" >&2; exit 1 ;;
esac
`;

describe('which daemon is meant', () => {
  let env: { readonly PATH: string; readonly HOME: string };
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slopegate-test-context-'));
    await writeFile(join(folder, 'docker'), DOCKER);
    await chmod(join(folder, 'docker'), 0o755);
    env = { PATH: `${folder}:/usr/bin:/bin`, HOME: '/home/me' };
  });
  afterAll(() => rm(env.PATH.split(':')[0]!, { recursive: true, force: true }));
  const lab = { context: 'lab', tls: { folder: '/home/me/.docker/contexts/tls/abc/docker', verify: false } };
  const hrefOf = async (more: Readonly<Record<string, string>>, named: string | null) =>
    (await findDaemon({ ...env, ...more }, named)).url.href;

  test('the current context, and a named one before DOCKER_HOST', async () => {
    expect(await findDaemon(env, null)).toMatchObject(lab);
    expect(await findDaemon({ ...env, DOCKER_HOST: 'tcp://h:2375' }, 'lab')).toMatchObject(lab);
  });

  test('DOCKER_HOST before the current context, an address before both; "default" is no context', async () => {
    expect(await hrefOf({ DOCKER_HOST: 'tcp://h:2375', DOCKER_CONTEXT: 'lab' }, null)).toBe('tcp://h:2375');
    expect(await hrefOf({ DOCKER_HOST: 'tcp://h:2375' }, 'ssh://me@waf:2222')).toBe('ssh://me@waf:2222');
    expect(await hrefOf({}, 'default')).toBe('unix:///var/run/docker.sock');
  });

  test('TLS is only for addresses to which DOCKER_TLS_VERIFY applies', async () => {
    const secure = { ...env, DOCKER_TLS_VERIFY: '1' };
    expect((await findDaemon(secure, 'tcp://h:2376')).tls).toEqual({ folder: '/home/me/.docker', verify: true });
    expect((await findDaemon({ ...env, DOCKER_TLS: '1', DOCKER_CERT_PATH: '/certs' }, 'tcp://h:2376')).tls).toEqual({
      folder: '/certs',
      verify: false,
    });
    expect((await findDaemon(secure, 'unix:///run/docker.sock')).tls).toBeNull();
    expect((await findDaemon(env, 'tcp://h:2375')).tls).toBeNull();
  });

  test('a missing or empty context is an error', async () => {
    expect((await failureOf(findDaemon({ ...env, DOCKER_CONTEXT: 'gone' }, null))).message).toBe(
      'There is no Docker context "gone".',
    );
    expect((await failureOf(findDaemon(env, 'gone'))).message).toBe('There is no Docker context "gone".');
    expect((await failureOf(findDaemon(env, 'empty'))).code).toBe('DOCKER_UNREACHABLE');
  });

  test('the docker command uses the same daemon and no other', async () => {
    const muddled = { ...env, DOCKER_HOST: 'tcp://h:2375', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    const worded = async (named: string) => {
      const { PATH: _path, HOME: _home, ...told } = commandEnvironment(muddled, await findDaemon(muddled, named));
      return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    };
    expect(await worded('lab')).toEqual({ DOCKER_CONTEXT: 'lab' });
    expect(await worded('unix:///run/docker.sock')).toEqual({ DOCKER_HOST: 'unix:///run/docker.sock' });
    expect(await worded('tcp://other:2376')).toEqual({
      DOCKER_HOST: 'tcp://other:2376',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: '/certs',
    });
  });
});
