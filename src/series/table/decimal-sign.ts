import { seriesError } from '../fault.js';
import type { SignEvidence } from './measures.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';

/**
 * The decimal sign of the numbers in a table that was read without knowing it; `null` if it was read correctly. If
 * cells are separated by semicolons, commas are decimal signs.
 * @throws SlopegateError SERIES_INVALID if the cells contradict each other, or `114,438` can be read in two ways
 */
export function decimalSignOf(table: Table, partedBySemicolons: boolean): 'comma' | null {
  const columns = table.columns.filter(({ counts }) => counts.text === 0 && counts.instant === 0);
  const say = (evidence: SignEvidence): TableColumn | undefined =>
    columns.find((column) => column.evidence.has(evidence));
  const comma = say('decimal-comma') ?? say('thousands-point');
  const point = say('thousands-comma');
  if (comma !== undefined && point !== undefined)
    throw seriesError(
      `columns ${comma.name} and ${point.name} use points and commas in different ways`,
      `${table.file}:${comma.heading.line}:${comma.heading.column}`,
      'write all numbers in one way, for example 1234.5',
    );
  if (comma !== undefined) return 'comma';
  const doubtful = say('doubtful-comma');
  if (doubtful === undefined || point !== undefined) return null;
  if (partedBySemicolons) return 'comma';
  const cell = doubtful.firstDoubtful;
  throw seriesError(
    `"${cell?.text}" in column ${doubtful.name} can be read in two ways`,
    `${table.file}:${cell?.line ?? 1}:${cell?.column ?? 1}`,
    'use --decimal comma (a little above 114) or --decimal point (114 thousand)',
  );
}
