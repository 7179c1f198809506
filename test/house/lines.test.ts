import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const WIDTH = 120;
const CODE = /\.(ts|mts|mjs|cjs|js|sh)$|^scenarios\/.*\.ya?ml$/;
/** Files that tests compare with as they are. */
const DATA = /^test\/.*(fixtures|golden|__snapshots__)\//;
/** The text of a request body: a line break would change the request. */
const BODY = /^ *<\?xml /;

test(`no line of code, of a script or of a scenario is longer than ${WIDTH} columns`, () => {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const files = tracked.split('\0').filter((file) => CODE.test(file) && !DATA.test(file));
  const long = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, n) => (Array.from(line).length > WIDTH && !BODY.test(line) ? [`${file}:${n + 1}`] : [])),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});
