import type { ImportSummary } from '../corpus/index.js';
import { plural } from '../words/numbers.js';

/** How many masked names are shown; --json has all. */
const MOST_NAMES = 12;

/** What was imported, skipped and changed, for a person. */
export function describeImport(corpus: string, summary: ImportSummary): string {
  const { requests, labels, bodies, timed, skipped, notes, masked } = summary;
  const total = skipped.reduce((sum, { count }) => sum + count, 0);
  const left = plural(total, 'entry', 'entries');
  const times = timed ? 'with recorded times' : 'without recorded times';
  const lines = [
    `${corpus}: ${plural(requests, 'request')}, ${bodies} with a body, ${times}; ${left} skipped`,
    ...Object.entries(labels).map(([label, number]) => `  ${label}: ${number}`),
    ...(skipped.length === 0 ? [] : ['skipped:']),
    ...skipped.map(({ count, meaning, first }) => `  ${count}: ${meaning} (first: ${first})`),
    ...(notes.length === 0 ? [] : ['notes:']),
    ...notes.map(({ count, meaning, first }) => `  ${count}: ${meaning} (first: ${first})`),
  ];
  const shown = masked.slice(0, MOST_NAMES).map(([name, count]) => `${name} ${count}`);
  if (masked.length > 0) lines.push(`masked: ${shown.join(', ')}${masked.length > MOST_NAMES ? ', …' : ''}`);
  return `${lines.join('\n')}\n`;
}

/** The same as data: counts by reason. */
export function importAsData(corpus: string, summary: ImportSummary): unknown {
  const { skipped, notes, masked, ...counts } = summary;
  return {
    corpus,
    ...counts,
    skipped: skipped.reduce((sum, { count }) => sum + count, 0),
    skippedByReason: Object.fromEntries(skipped.map(({ kind, count }) => [kind, count])),
    notes: Object.fromEntries(notes.map(({ kind, count }) => [kind, count])),
    masked: Object.fromEntries(masked),
  };
}
