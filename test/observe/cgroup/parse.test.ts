import { describe, expect, test } from 'vitest';
import {
  parseIds,
  parseKeyValues,
  parseMountinfo,
  parseNumber,
  parseProcCgroup,
  parseProcessStat,
} from '../../../src/observe/cgroup/parse.js';
import { fixture } from '../memory-files.js';

test('key-value files become numbers by key', () => {
  const values = parseKeyValues(fixture('cgroup1/memory.stat'));
  expect(values.get('total_rss')).toBe(27_037_696);
  expect(values.get('nothing')).toBeUndefined();
  expect(parseKeyValues('')).toEqual(new Map());
});

test('a file that holds no number is undefined, not zero', () => {
  expect(parseNumber('31584256\n')).toBe(31_584_256);
  expect([parseNumber('max\n'), parseNumber(''), parseNumber(null)]).toEqual([undefined, undefined, undefined]);
});

test('ids come one per line', () => {
  expect(parseIds('12\n407\n')).toEqual([12, 407]);
  expect(parseIds('')).toEqual([]);
});

describe('/proc/PID/cgroup', () => {
  test('version 1 names controllers, version 2 does not', () => {
    const lines = parseProcCgroup(fixture('cgroup1/proc-cgroup'));
    expect(lines.find(({ controllers }) => controllers.includes('memory'))?.path).toMatch(/^\/docker\/1acae521/);
    expect(lines.at(-1)?.controllers).toEqual([]);
    expect(parseProcCgroup('5:cpu,cpuacct:/a:b\n')).toEqual([{ controllers: ['cpu', 'cpuacct'], path: '/a:b' }]);
  });

  test('anything else is left out', () => {
    expect(parseProcCgroup('no cgroup line\n\n')).toEqual([]);
  });
});

test('mountinfo yields cgroup mounts with version, controllers and escaped paths', () => {
  expect(parseMountinfo(fixture('cgroup2/mountinfo'))).toEqual([
    { version: 2, controllers: [], root: '/', mountPoint: '/sys/fs/cgroup' },
  ]);
  expect(
    parseMountinfo(fixture('cgroup1/mountinfo')).filter(({ controllers }) => controllers.includes('memory')),
  ).toEqual([{ version: 1, controllers: ['rw', 'memory'], root: '/', mountPoint: '/sys/fs/cgroup/memory' }]);
  expect(parseMountinfo('1 2 0:3 /r /with\\040blank rw - cgroup2 cgroup2 rw')[0]?.mountPoint).toBe('/with blank');
});

describe('/proc/PID/stat', () => {
  test('a recorded line', () => {
    expect(parseProcessStat(fixture('cgroup1/proc-stat'))).toMatchObject({
      command: 'perl',
      startTime: expect.any(Number),
    });
  });

  test('a command may hold blanks and parentheses', () => {
    const fields = ['S', '77', ...Array.from({ length: 17 }, () => '0'), '4242', '0'];
    expect(parseProcessStat(`9 (a) b) (c) ${fields.join(' ')}`)).toEqual({
      pid: 9,
      command: 'a) b) (c',
      parent: 77,
      startTime: 4242,
    });
  });

  test('a vanished process has none', () => {
    expect(parseProcessStat('')).toBeNull();
    expect(parseProcessStat('9 (x) S 1')).toBeNull();
  });
});
