import { duration } from './words.js';
import type { LookSensitivity } from './sensitivity.js';

/** Bytes per request, with two digits and no finer than a tenth. */
export function growth(bytes: number): string {
  return bytes >= 1000
    ? `${(bytes / 1000).toPrecision(3)} kB`
    : `${bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)} B`;
}

export interface PlanRow extends LookSensitivity {
  /** What the row is called: a preset, or nothing. */
  readonly name: string;
}

const HEAD = [
  '',
  'replicates',
  'window',
  'test time',
  'with confirmation',
  'finds leaks from',
  'can pass a margin from',
];

/** Rows for people; every difference with a probability of 80 %. */
export function planTable(rows: readonly PlanRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    row.looks.length === 1 ? String(row.replicates) : `${row.replicates} of ${row.looks.join(', ')}`,
    duration(row.windowSeconds),
    duration(row.seconds),
    duration(row.seconds + row.confirmationSeconds),
    `${growth(row.detectable)}/request`,
    Number.isFinite(row.passable) ? `${growth(row.passable)}/request` : 'never passes',
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...cells.map((row) => (row[column] ?? '').length)));
  return [HEAD, ...cells]
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
