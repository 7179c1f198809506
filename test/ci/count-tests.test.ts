import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/runs.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/count-tests.js', import.meta.url));

/** What the script prints for a report with these files, each with the status of its tests by name. */
function printed(files: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  using folder = temporaryFolder();
  const tests = Object.values(files).flatMap((one) => Object.values(one));
  const count = (status: string): number => tests.filter((one) => one === status).length;
  const report = join(folder.path, 'report.json');
  writeFileSync(
    report,
    JSON.stringify({
      numPassedTests: count('passed'),
      numFailedTests: count('failed'),
      numPendingTests: count('skipped'),
      numTodoTests: count('todo'),
      testResults: Object.entries(files).map(([name, own]) => ({
        name: join(process.cwd(), name),
        status: Object.values(own).includes('failed') ? 'failed' : 'passed',
        assertionResults: Object.entries(own).map(([fullName, status]) => ({ fullName, status })),
      })),
    }),
  );
  return execFileSync(process.execPath, [SCRIPT, report], { encoding: 'utf8' });
}

test('the counts come first, then the name of each skipped test', () => {
  expect(
    printed({
      'test/a.test.ts': { 'one works': 'passed', 'two needs a browser': 'skipped' },
      'test/b.test.ts': { 'three fails': 'failed', 'four is planned': 'todo' },
    }),
  ).toBe('1 1 2\ntest/a.test.ts: two needs a browser\ntest/b.test.ts: four is planned\n');
});

test('without skipped tests there are only the counts, and no report is no test', () => {
  expect(printed({ 'test/a.test.ts': { works: 'passed' } })).toBe('1 0 0\n');
  expect(execFileSync(process.execPath, [SCRIPT, '/nonexistent.json'], { encoding: 'utf8' })).toBe('0 0 0\n');
});
