import { describe, expect, test } from 'vitest';
import type { Inspected } from '../../src/docker/containers.js';
import { violationsOf } from '../../src/stack/audit.js';

interface Parts {
  readonly host?: Readonly<Record<string, unknown>>;
  readonly mounts?: readonly object[];
  readonly networks?: readonly string[];
  readonly ports?: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[] | null>>;
}

function container(id: string, { host = {}, mounts = [], networks = ['arm'], ports = {} }: Parts = {}): Inspected {
  return {
    Id: id,
    Name: `/${id}`,
    Config: { Labels: { 'com.docker.compose.service': id } },
    HostConfig: { NetworkMode: 'arm', ...host },
    Mounts: mounts,
    NetworkSettings: { Networks: Object.fromEntries(networks.map((name) => [name, {}])), Ports: ports },
  } as unknown as Inspected;
}

function found(
  arm: readonly Inspected[],
  others: readonly Inspected[] = [],
  members = arm.map(({ Id }) => Id),
): string[] {
  const networks = new Map([['arm', members]]);
  return violationsOf({ arm, others, networks, publishedOn: '127.0.0.1', cgroupVersion: '2' }).map(({ what }) => what);
}

describe('the audit of an arm', () => {
  test('an isolated arm shares nothing with others', () => {
    const waf = container('waf', {
      mounts: [
        { Type: 'volume', Name: 'own', Source: '/var/lib/docker/volumes/own', RW: true },
        { Type: 'bind', Source: '/etc/localtime', RW: false },
      ],
      ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }], '443/tcp': null },
      host: { CapAdd: ['CAP_NET_BIND_SERVICE'], SecurityOpt: ['no-new-privileges:true'], CgroupnsMode: 'private' },
    });
    const db = container('db', { host: { NetworkMode: 'container:waf', PidMode: 'container:waf' } });
    expect(found([waf, db])).toEqual([]);
  });

  test.each<[string, Parts, string]>([
    ['the host network', { host: { NetworkMode: 'host' } }, 'network namespace of the host'],
    ['the processes of the host', { host: { PidMode: 'host' } }, 'process namespace of the host'],
    ['the IPC of another', { host: { IpcMode: 'container:prod' } }, 'IPC namespace of another container'],
    ['privileges', { host: { Privileged: true } }, 'all privileges'],
    ['a capability', { host: { CapAdd: ['NET_ADMIN', 'CAP_SYS_ADMIN'] } }, 'the capability CAP_SYS_ADMIN'],
    ['a missing protection', { host: { SecurityOpt: ['seccomp=unconfined'] } }, 'seccomp=unconfined'],
    ['the user ids of the host', { host: { UsernsMode: 'host' } }, 'user namespace of the host'],
    ['the groups of the host', { host: { CgroupnsMode: 'host' } }, 'cgroup namespace of the host'],
    ['a device', { host: { Devices: [{ PathOnHost: '/dev/sda' }] } }, '/dev/sda'],
    ['a cgroup', { host: { CgroupParent: 'prod.slice' } }, 'prod.slice'],
    ['a writable folder', { mounts: [{ Type: 'bind', Source: '/srv/prod', RW: true }] }, '/srv/prod'],
    ['an open port', { ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '80' }] } }, '0.0.0.0'],
  ])('finds %s', (_, parts, what) => {
    expect(found([container('waf', parts)]).join()).toContain(what);
  });

  test('finds a volume and a network that another container uses too', () => {
    const volume = { Type: 'volume', Name: 'data', Source: '/x', RW: true };
    const waf = container('waf', { mounts: [volume] });
    expect(found([waf], [container('prod', { mounts: [volume] })], ['waf'])).toEqual(['the volume data with prod']);
    expect(found([container('waf')], [], ['waf', 'prod'])).toEqual([
      'the network arm with a container that is not its own',
    ]);
  });
});
