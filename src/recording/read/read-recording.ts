import { join } from 'node:path';
import { METRICS, SlopegateError, type Integrity, type Metric, type Recording } from '../../model/index.js';
import { JOURNAL_FILE } from '../files.js';
import { damageWords, UNSEALED_NOTE } from './damage-words.js';
import { journalReader } from './journal-reader.js';
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
 * Reads a run directory, finished or not: whatever ended the run, what it had journalled is there. What is damaged or
 * missing stands in `integrity`.
 * @throws SlopegateError RUN_UNREADABLE
 */
export async function readRecording(
  directory: string,
  { metrics = METRICS, medians = true }: ReadOptions = {},
): Promise<ReadResult> {
  const { manifest, sha256 } = await readManifest(directory);
  const requests = manifest.trace?.requests ?? 0;
  const reader = journalReader({ directory, schema: manifest.schema, requests, metrics, medians });
  const path = join(directory, JOURNAL_FILE);
  try {
    await forEachLine(path, (line) => reader.line(line));
  } catch (cause) {
    if (cause instanceof SlopegateError) throw cause;
    throw new SlopegateError('RUN_UNREADABLE', `${path} cannot be read.`, {
      cause,
      hint: 'The journal is what a run is judged by; restore it, or run again.',
    });
  }
  const { roles } = manifest.scenario.stack;
  const roleOf = (service: string): string => (Object.hasOwn(roles, service) ? (roles[service] as string) : service);
  const { trials, labels, asked, notes, manifests, lostReadings, integrity: found } = reader.finish(roleOf);
  const changed = found.sealed && !manifests.has(sha256);
  const integrity: Integrity = {
    ...found,
    faults: [...found.faults, ...(changed ? [{ code: 'manifest-changed' } as const] : [])],
  };
  const warnings = damageWords(integrity, lostReadings);
  const unsealed = integrity.sealed ? [] : [UNSEALED_NOTE];
  const complete = { ...manifest, notes: [...new Set([...manifest.notes, ...notes, ...warnings, ...unsealed])] };
  return {
    recording: { manifest: complete, trials, asked, ...(labels === null ? {} : { labels }), integrity },
    warnings,
  };
}
