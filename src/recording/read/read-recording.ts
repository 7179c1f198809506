import { join } from 'node:path';
import { METRICS, SlopegateError, type Metric, type Recording } from '../../model/index.js';
import { JOURNAL_FILE } from '../files.js';
import { journalReader, type JournalContent } from './journal-reader.js';
import { forEachLine } from './lines.js';
import { readManifest } from './read-manifest.js';

export interface ReadOptions {
  /** Metrics to keep; all by default. Each takes 16 bytes of memory per reading (minimum and median). */
  readonly metrics?: readonly Metric[];
  /** Whether to keep medians beside minima; true by default. */
  readonly medians?: boolean;
}

export interface ReadResult {
  readonly recording: Recording;
  /** What could not be read, in words; also among the manifest's notes. */
  readonly warnings: readonly string[];
}

/**
 * Reads a run directory, finished or not: whatever ended the run, what it had journalled is there.
 * @throws SlopegateError RUN_UNREADABLE
 */
export async function readRecording(
  directory: string,
  { metrics = METRICS, medians = true }: ReadOptions = {},
): Promise<ReadResult> {
  const manifest = await readManifest(directory);
  const reader = journalReader({ metrics, medians });
  const path = join(directory, JOURNAL_FILE);
  try {
    await forEachLine(path, (line) => reader.line(line));
  } catch (cause) {
    throw new SlopegateError('RUN_UNREADABLE', `${path} cannot be read.`, {
      cause,
      hint: 'The journal is what a run is judged by; restore it, or run again.',
    });
  }
  const { roles } = manifest.scenario.stack;
  const { trials, labels, asked, notes, ...damage } = reader.finish((service) => roles[service] ?? service);
  const warnings = describeDamage(damage);
  const complete = { ...manifest, notes: [...new Set([...manifest.notes, ...notes, ...warnings])] };
  return { recording: { manifest: complete, trials, asked, ...(labels === null ? {} : { labels }) }, warnings };
}

function describeDamage({ unreadable, torn }: Pick<JournalContent, 'unreadable' | 'torn'>): string[] {
  const warnings: string[] = [];
  const [first] = unreadable;
  if (first !== undefined) {
    const lines =
      unreadable.length === 1
        ? `line ${first} cannot be read and is`
        : `${unreadable.length} lines cannot be read and are`;
    warnings.push(
      `${JOURNAL_FILE}: ${lines} left out${unreadable.length === 1 ? '' : ` (the first is line ${first})`}; check the disk.`,
    );
  }
  if (torn)
    warnings.push(
      `${JOURNAL_FILE}: the last line was cut off and is left out; the run was killed, or the disk was full.`,
    );
  return warnings;
}
