// Reads the JSON reports of vitest runs (paths as arguments) and prints, for the
// shell that called it, one line: PASSED FAILED SKIPPED.
// A file that could not even be loaded has no failed test in it; it counts as one.
import { readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0, skipped: 0 };
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
  }
}
process.stdout.write(`${total.passed} ${total.failed} ${total.skipped}\n`);
