// Reads the JSON reports of vitest runs (paths as arguments) and prints, for the
// shell that called it, one line: PASSED FAILED SKIPPED. Then one line for each
// test that was skipped: its file and its name.
// A file that could not even be loaded has no failed test in it; it counts as one.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const NOT_RUN = ['pending', 'skipped', 'todo', 'disabled'];

const total = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
for (const path of process.argv.slice(2)) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    continue; // the run ended before it wrote one; its exit code tells the rest
  }
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  for (const file of report.testResults) {
    const hasFailedTest = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !hasFailedTest) total.failed += 1;
    for (const test of file.assertionResults)
      if (NOT_RUN.includes(test.status)) skipped.push(`${relative(process.cwd(), file.name)}: ${test.fullName}`);
  }
}
process.stdout.write(`${total.passed} ${total.failed} ${total.skipped}\n`);
for (const line of skipped) process.stdout.write(`${line.replaceAll(/\s+/g, ' ')}\n`);
