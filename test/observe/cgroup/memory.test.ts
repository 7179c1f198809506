import { describe, expect, test } from 'vitest';
import { memoryVersion1 } from '../../../src/observe/cgroup/memory-version-1.js';
import { memoryVersion2 } from '../../../src/observe/cgroup/memory-version-2.js';
import { memorySample } from '../../../src/observe/sample.js';
import { fixture } from '../memory-files.js';

describe('cgroup v1', () => {
  const files = {
    stat: fixture('cgroup1/memory.stat'),
    usage: fixture('cgroup1/memory.usage_in_bytes'),
    kernel: fixture('cgroup1/memory.kmem.usage_in_bytes'),
    sockets: fixture('cgroup1/memory.kmem.tcp.usage_in_bytes'),
  };

  test('a recorded container: kernel memory that may be reclaimable is shown and does not count', () => {
    expect(memorySample(memoryVersion1(files))).toEqual({
      unreclaimable_bytes: 27_037_696 + 3_145_728,
      anon_bytes: 27_037_696,
      shmem_bytes: 3_145_728,
      file_bytes: 3_342_336 - 3_145_728,
      kernel_bytes: 888_832,
      kernel_unreclaimable_bytes: 0,
      usage_bytes: 31_584_256,
      working_set_bytes: 31_584_256 - 94_208,
    });
  });

  test('without kernel accounting the kernel metrics are absent', () => {
    const sample = memorySample(memoryVersion1({ ...files, kernel: null, sockets: null }));
    expect(sample).not.toHaveProperty('kernel_bytes');
    expect(sample).not.toHaveProperty('kernel_unreclaimable_bytes');
    expect(sample.unreclaimable_bytes).toBe(27_037_696 + 3_145_728);
  });

  test('socket buffers count if they are accounted separately', () => {
    expect(memoryVersion1({ ...files, sockets: '4096\n' })).toMatchObject({
      kernel: 888_832 + 4096,
      kernelUnreclaimable: 4096,
    });
  });

  test('without total_ values the plain ones are read', () => {
    expect(memoryVersion1({ ...files, stat: 'cache 8192\nrss 4096\nshmem 1024\n' })).toMatchObject({
      anon: 4096,
      shmem: 1024,
      file: 7168,
    });
  });
});

describe('cgroup v2', () => {
  const current = fixture('cgroup2/memory.current');

  test('Linux 5.18 and later list all kernel memory', () => {
    expect(memorySample(memoryVersion2({ stat: fixture('cgroup2/memory.stat'), current }))).toEqual({
      unreclaimable_bytes: 41_385_984 + 5_242_880 + (3_891_200 - 1_650_208) + 81_920,
      anon_bytes: 41_385_984,
      shmem_bytes: 5_242_880,
      file_bytes: 12_726_272 - 5_242_880,
      kernel_bytes: 3_891_200 + 81_920,
      kernel_unreclaimable_bytes: 3_891_200 - 1_650_208 + 81_920,
      usage_bytes: 58_273_792,
      working_set_bytes: 58_273_792 - 4_501_504,
    });
  });

  test('on older kernels its parts are added up', () => {
    const parts = memoryVersion2({ stat: fixture('cgroup2/memory.stat.linux-5.10'), current });
    expect(parts.kernel).toBe(1_650_208 + 774_656 + 294_912 + 901_120 + 15_744 + 81_920);
    expect(parts.kernelUnreclaimable).toBe(774_656 + 294_912 + 901_120 + 15_744 + 81_920);
  });

  test('values that are not listed are absent', () => {
    expect(memorySample(memoryVersion2({ stat: 'anon 4096\n', current: null }))).toEqual({
      unreclaimable_bytes: 4096,
      anon_bytes: 4096,
    });
    expect(memorySample(memoryVersion2({ stat: '', current: '8192\n' }))).toEqual({ usage_bytes: 8192 });
  });
});

describe('memory that was swapped out still counts', () => {
  test('cgroup v2: memory.swap.current counts, what is in memory again does not count twice', () => {
    const held = (stat: string, swap: string | null) =>
      memorySample(memoryVersion2({ stat, current: null, swap })).unreclaimable_bytes;
    expect(held('anon 20971520\n', '62914560\n')).toBe(83_886_080);
    expect(held('anon 20971520\nswapcached 4194304\n', '62914560\n')).toBe(83_886_080 - 4_194_304);
    expect(held('anon 20971520\n', null)).toBe(20_971_520);
  });

  test('cgroup v1: total_swap of memory.stat counts', () => {
    const files = { stat: 'total_rss 4096\ntotal_swap 8192\n', usage: null, kernel: null, sockets: null };
    expect(memorySample(memoryVersion1(files)).unreclaimable_bytes).toBe(12_288);
  });
});

test('the working set is never negative', () => {
  expect(memorySample({ usage: 100, inactiveFile: 400 }).working_set_bytes).toBe(0);
});
