import { expect, test } from 'vitest';
import { locateCgroup } from '../../../src/observe/cgroup/locate.js';
import { fixture, memoryFiles } from '../memory-files.js';

const ID1 = '1acae521bb7049ce055e46802151fe8a9b98df1c32f0d72c881526a774aff865';
const ID2 = '9f2c1d7a4be0835566d0e1c2f3a4b59687c8d9eafb0c1d2e3f405162738495a6';
const SCOPE = `/sys/fs/cgroup/system.slice/docker-${ID2}.scope`;

test('version 1, beside a version 2 hierarchy without controllers', () => {
  const memory = `/sys/fs/cgroup/memory/docker/${ID1}`;
  const files = memoryFiles({
    '/proc/self/mountinfo': fixture('cgroup1/mountinfo'),
    '/proc/77/cgroup': fixture('cgroup1/proc-cgroup'),
    [`${memory}/memory.stat`]: '',
  });
  expect(locateCgroup(files, ID1, 77)).toEqual({
    version: 1,
    memory,
    pids: `/sys/fs/cgroup/pids/docker/${ID1}`,
    cpu: `/sys/fs/cgroup/cpuacct/docker/${ID1}`,
  });
});

const version2 = (cgroup: string, mountinfo = fixture('cgroup2/mountinfo')) =>
  memoryFiles({ '/proc/self/mountinfo': mountinfo, '/proc/77/cgroup': cgroup, [`${SCOPE}/memory.stat`]: '' });

test('version 2 under the systemd driver', () => {
  expect(locateCgroup(version2(fixture('cgroup2/proc-cgroup')), ID2, 77)).toEqual({
    version: 2,
    memory: SCOPE,
    pids: SCOPE,
    cpu: SCOPE,
  });
});

test('an init inside that moved itself further down: the container is where its id stands', () => {
  expect(locateCgroup(version2(`0::/system.slice/docker-${ID2}.scope/init.scope\n`), ID2, 77)?.memory).toBe(SCOPE);
});

test('a hierarchy of which only a part is mounted', () => {
  const mountinfo = '35 24 0:30 /system.slice /sys/fs/cgroup/system.slice rw - cgroup2 cgroup2 rw\n';
  expect(locateCgroup(version2(fixture('cgroup2/proc-cgroup'), mountinfo), ID2, 77)?.memory).toBe(SCOPE);
});

test.each([
  ['the pid names another process here', '0::/user.slice/session-1.scope\n', undefined],
  ['the cgroup lies outside our cgroup namespace', `0::/../docker-${ID2}.scope\n`, undefined],
  ['the pid is not here', '', undefined],
  ['the hierarchy is not mounted', fixture('cgroup2/proc-cgroup'), '1 2 0:3 / / rw - ext4 /dev/vda rw\n'],
  [
    'another part is mounted',
    fixture('cgroup2/proc-cgroup'),
    '35 24 0:30 /user.slice /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  ],
])('%s: nothing is read', (_, cgroup, mountinfo) => {
  expect(locateCgroup(version2(cgroup, mountinfo), ID2, 77)).toBeNull();
});

test('a cgroup without memory.stat is no source', () => {
  const files = version2(fixture('cgroup2/proc-cgroup'));
  files.remove(`${SCOPE}/memory.stat`);
  expect(locateCgroup(files, ID2, 77)).toBeNull();
});
