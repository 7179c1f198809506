import { NOTES, SKIP_REASONS, type NoteKind, type SkipReason } from '../requests/index.js';
import type { Noted, Skipped } from './import-traffic.js';

/** How often something was reported, and where first. */
interface Counted<Kind extends string> {
  readonly kind: Kind;
  /** What it means. */
  readonly meaning: string;
  readonly count: number;
  readonly first: string;
}

/** What was skipped and noted, by kind, the most frequent first. */
export interface TallyResult {
  readonly skipped: readonly Counted<SkipReason>[];
  readonly notes: readonly Counted<NoteKind>[];
  /** How many values were masked for each name, the most frequent first. */
  readonly masked: readonly (readonly [name: string, count: number])[];
}

/** Names come from the traffic, so their number has no limit. */
const MOST_NAMES = 1000;
const OTHER_NAMES = '(other names)';

/** Counts the reports of an import. */
export class Tally {
  readonly #skipped = new Map<SkipReason, { count: number; first: string }>();
  readonly #masked = new Map<string, number>();
  readonly #notes = new Map<NoteKind, { count: number; first: string }>();

  /** Returns how many were skipped for this reason, including this one. */
  skip({ location, reason, message }: Skipped): number {
    return counted(this.#skipped, reason, `${location}: ${message}`);
  }

  note({ location, note }: Noted): void {
    counted(this.#notes, note, location);
  }

  mask(name: string): void {
    const known = this.#masked.has(name) || this.#masked.size < MOST_NAMES ? name : OTHER_NAMES;
    this.#masked.set(known, (this.#masked.get(known) ?? 0) + 1);
  }

  result(): TallyResult {
    return {
      skipped: listed(this.#skipped, SKIP_REASONS),
      notes: listed(this.#notes, NOTES),
      masked: [...this.#masked].sort(([, a], [, b]) => b - a),
    };
  }
}

function counted<Kind>(counts: Map<Kind, { count: number; first: string }>, kind: Kind, first: string): number {
  const known = counts.get(kind);
  if (known === undefined) counts.set(kind, { count: 1, first });
  else known.count++;
  return known?.count ?? 1;
}

function listed<Kind extends string>(
  counts: ReadonlyMap<Kind, { count: number; first: string }>,
  meanings: Readonly<Record<Kind, string>>,
): readonly Counted<Kind>[] {
  return [...counts]
    .map(([kind, { count, first }]) => ({ kind, meaning: meanings[kind], count, first }))
    .sort((a, b) => b.count - a.count);
}
