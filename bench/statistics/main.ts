import type { Check } from './harness/cell.js';
import { readOptions } from './harness/options.js';
import { runCells } from './harness/pool.js';
import { table } from './harness/table.js';
import { allSections } from './sections/index.js';

const options = readOptions(process.argv.slice(2));
const all = allSections(options);
const sections = all.filter(({ name }) => options.sections.length === 0 || options.sections.includes(name));
const began = performance.now();
const minutes = (): string => ((performance.now() - began) / 60_000).toFixed(1);

const cells = all.flatMap((section) => section.cells);
const checks: Check[] = [];
for (const section of sections) {
  const results = await runCells(
    cells,
    (cell) => section.cells.includes(cell),
    options,
    (done, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${section.name}: ${Math.round((100 * done) / of)} % `);
    },
  );
  console.log(`\n## ${section.title}`);
  for (const report of section.reports((cell) => results.get(cell) ?? {})) {
    console.log(`\n${table(report.header, report.rows)}`);
    for (const note of report.notes ?? []) console.log(note);
    checks.push(...report.checks);
  }
}
const processor = process.cpuUsage();
const processorMinutes = ((processor.user + processor.system) / 60e6).toFixed(1);
console.log(
  `\n## Bounds (seed ${options.seed}, ${options.trials} trials a row, ${minutes()} min on ` +
    `${options.workers} threads, ${processorMinutes} of them on the processor)\n`,
);
for (const { claim, ok, found } of checks) console.log(`${ok ? 'holds ' : 'BROKEN'}  ${claim}: ${found}`);
const broken = checks.filter(({ ok }) => !ok).length;
console.log(broken === 0 ? `\nall ${checks.length} bounds hold` : `\n${broken} of ${checks.length} bounds broken`);
process.exitCode = broken === 0 ? 0 : 1;
