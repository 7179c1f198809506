import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const WIDTH = 120;
const CODE = /\.(ts|mts|mjs|cjs|js)$/;
/** What a test compares with as it stands. */
const DATA = /^test\/.*(fixtures|golden|__snapshots__)\//;

test(`no line of code is longer than ${WIDTH} columns, in strings and comments too`, () => {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const files = tracked.split('\0').filter((file) => CODE.test(file) && !DATA.test(file));
  const long = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, n) => (Array.from(line).length > WIDTH ? [`${file}:${n + 1}`] : [])),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});
