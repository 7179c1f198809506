import { describe, expect, test } from 'vitest';
import { processReader } from '../../../src/observe/cgroup/read-processes.js';
import { replacementDetector } from '../../../src/observe/cgroup/replaced-processes.js';
import { memoryFiles } from '../memory-files.js';

describe('processReader', () => {
  const location = { version: 2, memory: '/cg', pids: '/cg', cpu: '/cg' } as const;
  const tree = () =>
    memoryFiles({
      '/cg/cgroup.procs': '7\n9\n',
      '/cg/pids.current': '5\n',
      '/proc/7/fd/0': '-> /dev/null',
      '/proc/7/fd/3': '-> socket:[1]',
      '/proc/9/fd/0': '-> pipe:[2]',
      '/proc/9/fd/4': '-> socket:[3]',
    });

  test('counts processes, threads, descriptors and sockets', () => {
    expect(processReader(tree(), location)(1)).toEqual({
      pids: [7, 9],
      sample: { pids: 2, threads: 5, fds: 4, sockets: 2 },
    });
  });

  test('a process that vanishes meanwhile counts no descriptors', () => {
    const files = tree();
    files.remove('/proc/9');
    expect(processReader(files, location)(1)?.sample).toEqual({ pids: 2, threads: 5, fds: 2, sockets: 1 });
  });

  test('sockets are absent, not 0, if a running process lets its descriptors be counted but not listed', () => {
    const files = tree();
    files.set('/proc/9/stat', '9 (waf) S 1');
    const ordinaryUser = { ...files, list: (path: string) => (path === '/proc/9/fd' ? null : files.list(path)) };
    const sample = processReader(ordinaryUser, location)(1)?.sample;
    expect(sample).toEqual({ pids: 2, threads: 5, fds: 4 });
  });

  test('descriptors that may not be read are absent', () => {
    const files = tree();
    files.remove('/proc');
    expect(processReader(files, location)(1)?.sample).toEqual({ pids: 2, threads: 5 });
  });

  test('threads are counted if the pids controller is missing', () => {
    const files = tree();
    files.set('/cg/cgroup.threads', '7\n8\n9\n');
    expect(processReader(files, { ...location, pids: null })(1)?.sample.threads).toBe(3);
  });

  test('processes in sub-cgroups are not visible: absent, not zero', () => {
    const files = tree();
    files.set('/cg/cgroup.procs', '');
    expect(processReader(files, location)(1)?.sample).toEqual({ threads: 5 });
  });

  test('a removed cgroup is null', () => {
    expect(processReader(memoryFiles(), location)(1)).toBeNull();
  });

  test('with 500 descriptors sockets are counted every third second', () => {
    const files = tree();
    for (let fd = 10; fd < 506; fd += 1) files.set(`/proc/7/fd/${fd}`, '-> socket:[9]');
    const read = processReader(files, location);
    const counted = [0, 1, 2, 3, 4].map((second) => read(second)?.sample.sockets);
    expect(counted).toEqual([498, undefined, undefined, 498, undefined]);
  });
});

describe('replacementDetector', () => {
  /** Processes by pid: command, parent, start time. */
  function detector() {
    const table = new Map<number, { command: string; parent: number; startTime: number }>();
    const look = replacementDetector((pid) => {
      const found = table.get(pid);
      return found === undefined ? null : { pid, ...found };
    });
    return { table, look };
  }

  test('a worker that crashes and is spawned anew', () => {
    const { table, look } = detector();
    table
      .set(1, { command: 'nginx', parent: 0, startTime: 10 })
      .set(5, { command: 'nginx', parent: 1, startTime: 11 })
      .set(6, { command: 'nginx', parent: 1, startTime: 900 });
    expect(look([1, 5], 0)).toEqual([]);
    expect(look([1, 6], 1)).toEqual([{ command: 'nginx', before: 5, after: 6 }]);
    expect(look([1, 6], 2)).toEqual([]);
  });

  test('a reload, where the new worker comes first', () => {
    const { table, look } = detector();
    table
      .set(5, { command: 'nginx', parent: 1, startTime: 11 })
      .set(6, { command: 'nginx', parent: 1, startTime: 900 });
    look([5], 0);
    expect(look([5, 6], 10)).toEqual([]);
    expect(look([6], 12)).toEqual([{ command: 'nginx', before: 5, after: 6 }]);
  });

  test('health checks and other short processes are not workers', () => {
    const { table, look } = detector();
    look([], 0);
    for (let pid = 10; pid < 20; pid += 1) table.set(pid, { command: 'curl', parent: 2, startTime: pid });
    for (let pid = 10; pid < 19; pid += 1) expect(look([pid], pid)).toEqual([]);
  });

  test.each([
    ['another command', { command: 'cron', parent: 1, startTime: 900 }],
    ['another parent', { command: 'nginx', parent: 2, startTime: 900 }],
    ['an older process', { command: 'nginx', parent: 1, startTime: 3 }],
  ])('%s is not a replacement', (_, young) => {
    const { table, look } = detector();
    table.set(5, { command: 'nginx', parent: 1, startTime: 11 }).set(6, young);
    look([5], 0);
    expect(look([6], 4)).toEqual([]);
  });

  test('a worker that comes much later is growth or recovery, not a replacement', () => {
    const { table, look } = detector();
    table
      .set(5, { command: 'apache2', parent: 1, startTime: 11 })
      .set(6, { command: 'apache2', parent: 1, startTime: 900 });
    look([5], 0);
    look([], 10);
    expect(look([6], 30)).toEqual([]);
  });

  test('two workers at once are two replacements', () => {
    const { table, look } = detector();
    for (const pid of [5, 6, 15, 16]) table.set(pid, { command: 'nginx', parent: 1, startTime: pid });
    look([5, 6], 0);
    expect(look([15, 16], 4)).toHaveLength(2);
  });
});
