import { describe, expect, test } from 'vitest';
import { parseIoStat, usageReader } from '../../../src/observe/cgroup/read-usage.js';
import { rotatedSize } from '../../../src/observe/rotated-size.js';
import { memoryFiles } from '../memory-files.js';

const VERSION_1 = { version: 1, memory: '/memory', pids: null, cpu: '/cpuacct' } as const;
const VERSION_2 = { version: 2, memory: '/cg', pids: '/cg', cpu: '/cg' } as const;

const io = (written: number): string => `rchar: 9\nwchar: 7\nread_bytes: 5\nwrite_bytes: ${written}\n`;

describe('processor time', () => {
  test('version 1 counts nanoseconds, version 2 microseconds; milliseconds are kept', () => {
    const files = memoryFiles({
      '/cpuacct/cpuacct.usage': '5370865173\n',
      '/cg/cpu.stat': 'usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\n',
    });
    expect(usageReader(files, VERSION_1, null)([])).toEqual({ cpu_ms: 5371 });
    expect(usageReader(files, VERSION_2, null)([])).toEqual({ cpu_ms: 1235 });
  });

  test('is absent, not 0, without the files', () => {
    expect(usageReader(memoryFiles(), VERSION_2, null)([])).toEqual({});
    expect(usageReader(memoryFiles(), { ...VERSION_1, cpu: null }, null)([])).toEqual({});
  });
});

describe('bytes written to disks', () => {
  test('version 2 sums the devices; nothing was written yet if the file is empty', () => {
    const stat = '254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n254:16 rbytes=0 wbytes=512\n';
    expect(usageReader(memoryFiles({ '/cg/io.stat': stat }), VERSION_2, null)([7])).toEqual({ written_bytes: 8704 });
    expect([parseIoStat(''), parseIoStat(null)]).toEqual([0, undefined]);
  });

  test('where the cgroup does not count them, the processes are asked', () => {
    const files = memoryFiles({ '/proc/7/io': io(4096), '/proc/9/io': io(512) });
    expect(usageReader(files, VERSION_1, null)([7, 9])).toEqual({ written_bytes: 4608 });
    expect(usageReader(files, VERSION_2, null)([7, 9])).toEqual({ written_bytes: 4608 });
  });

  test('an ended process counts until its parent has its number, and not twice', () => {
    const files = memoryFiles({ '/proc/7/io': io(4096), '/proc/9/io': io(512) });
    const read = usageReader(files, VERSION_1, null);
    const seen = [read([7, 9])];
    files.remove('/proc/9');
    seen.push(read([7, 9]));
    files.set('/proc/7/io', io(4608));
    seen.push(read([7]));
    expect(seen.map((sample) => sample.written_bytes)).toEqual([4608, 4608, 4608]);
  });

  test('are absent if a running process hides its number, or if no process is seen', () => {
    const files = memoryFiles({ '/proc/7/io': io(4096), '/proc/9/stat': '9 (waf) S 1' });
    expect(usageReader(files, VERSION_1, null)([7, 9])).toEqual({});
    expect(usageReader(files, VERSION_1, null)([])).toEqual({});
  });
});

describe('bytes of the log', () => {
  test('are the size of its file, and go on if the file is replaced by a new one', () => {
    const files = memoryFiles({ '/log': 'x'.repeat(100) });
    const read = usageReader(files, VERSION_2, '/log');
    const seen = [read([])];
    files.set('/log', 'x'.repeat(30));
    seen.push(read([]));
    files.set('/log', 'x'.repeat(40));
    seen.push(read([]));
    expect(seen.map((sample) => sample.log_bytes)).toEqual([100, 130, 140]);
  });

  test('are absent if the file is not here', () => {
    expect(usageReader(memoryFiles(), VERSION_2, '/log')([])).toEqual({});
    expect(rotatedSize()(null)).toBeUndefined();
  });
});
