import { describe, expect, test } from 'vitest';
import { hostDifferences } from '../../src/evidence/host-differences.js';
import type { HostFacts } from '../../src/model/index.js';

const HOST: HostFacts = {
  os: 'Debian GNU/Linux 12',
  kernel: '6.1.0',
  architecture: 'x86_64',
  cpus: 4,
  cpuModel: 'a processor',
  memoryBytes: 8 * 1024 ** 3,
  swapBytes: 0,
  cgroupVersion: 2,
  docker: '26.1.5',
  dockerApi: '1.45',
  storageDriver: 'overlay2',
  compose: '2.26.1',
  node: 'v20',
  slopegate: '0.1.0',
};
const between = (candidate: Partial<HostFacts>) => hostDifferences(HOST, { ...HOST, ...candidate });

describe('two hosts', () => {
  test('that are equal', () => {
    expect(between({})).toEqual([]);
    expect(between({ memoryBytes: HOST.memoryBytes * 0.99, compose: '2.30' })).toEqual([]);
  });

  test.each<[string, Partial<HostFacts>]>([
    ['architecture', { architecture: 'aarch64' }],
    ['cpus', { cpus: 2 }],
    ['cgroup-version', { cgroupVersion: 1 }],
  ])('that differ gravely: %s', (what, candidate) => {
    expect(between(candidate)).toEqual([expect.objectContaining({ what, grave: true })]);
  });

  test.each<[string, Partial<HostFacts>]>([
    ['processor', { cpuModel: 'another' }],
    ['kernel', { kernel: '6.2' }],
    ['docker', { docker: '27' }],
    ['storage-driver', { storageDriver: 'vfs' }],
    ['memory', { memoryBytes: 4 * 1024 ** 3 }],
    ['swap', { swapBytes: 1024 ** 3 }],
  ])('that differ: %s', (what, candidate) => {
    expect(between(candidate)).toEqual([expect.objectContaining({ what, grave: false })]);
  });

  test('an unknown value of one host is not a difference', () => {
    expect(between({ cpuModel: '', swapBytes: null, cgroupVersion: null, kernel: '' })).toEqual([]);
  });
});
