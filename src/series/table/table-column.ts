import { growingFloat64, growingUint32, growingUint16 } from './growing.js';
import { isMissing, measureOf, type Decimal, type SignEvidence } from './measures.js';
import { countsRequests, timeRank } from './roles.js';
import { instantOf } from './times.js';
import { bytesIn } from './units.js';

/** The place of a text in its file. */
export interface Place {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** More different texts than this cannot be names of services, and are not kept. */
const MOST_TEXTS = 4_096;
const FIRST_CELLS = 3;

/**
 * The cells of one column as they arrive: numbers, times, names and missing readings, each kept in a typed array.
 * Nothing is decided here, only counted.
 */
export class TableColumn {
  readonly heading: Place;
  readonly #decimal: Decimal;
  readonly #keepsStarts: boolean;
  /**
   * Numbers in the unit of the column, times in seconds; NaN for other cells. A cell with a unit of memory is in bytes.
   */
  readonly numbers = growingFloat64();
  /** Where cells begin in their lines; only for times and requests, because an error may name one of their rows. */
  readonly starts = growingUint16();
  readonly evidence = new Set<SignEvidence>();
  /** Units in cells. */
  readonly cellUnits = new Set<string>();
  readonly firstCells: string[] = [];
  /** The first cell that is a text, and its row. */
  firstText: (Place & { readonly row: number }) | null = null;
  /** The first number above 0 that stands without a unit. */
  firstBare: Place | null = null;
  /** The first number with a unit. */
  firstWithUnit: Place | null = null;
  /** The first cell whose sign can be read in two ways. */
  firstDoubtful: Place | null = null;
  counts = { number: 0, withUnit: 0, instant: 0, ofDay: 0, text: 0 };
  #codes: ReturnType<typeof growingUint32> | null = null;
  readonly #texts = new Map<string, number>();
  readonly #names: string[] = [];

  constructor(heading: Place, decimal: Decimal) {
    this.heading = heading;
    this.#decimal = decimal;
    this.#keepsStarts = timeRank(heading.text) !== null || countsRequests(heading.text);
  }

  get name(): string {
    return this.heading.text;
  }

  get length(): number {
    return this.numbers.length;
  }

  /** Adds missing readings up to a row, for records without this column. */
  padTo(rows: number): void {
    while (this.length < rows) this.#push(Number.NaN, 0);
  }

  add(text: string, line: number, start: number): void {
    if (this.firstCells.length < FIRST_CELLS) this.firstCells.push(text);
    const plain = this.#decimal === 'comma' && text.includes('.') ? Number.NaN : Number(text);
    if (Number.isFinite(plain) && text.trim() !== '') {
      this.counts.number += 1;
      if (this.firstBare === null && plain !== 0) this.firstBare = { text, line, column: start };
      this.#push(plain, start);
    } else this.#push(this.#read(text, line, start), start);
  }

  /** Whether the texts are too many for names of services. */
  get tooManyTexts(): boolean {
    return this.#names.length > MOST_TEXTS;
  }

  /** The name in a row: its text, or its number as text; '' if it is empty. */
  textAt(row: number): string {
    const code = this.#codes?.at(row) ?? 0;
    if (code > 0) return this.#names[code - 1] ?? '';
    const value = this.numbers.at(row);
    return value === undefined || Number.isNaN(value) ? '' : String(value);
  }

  /** A key that differs between rows with different names, without making texts of them. */
  keyAt(row: number): string | number {
    const code = this.#codes?.at(row) ?? 0;
    return code > 0 ? `#${code}` : (this.numbers.at(row) ?? Number.NaN);
  }

  #read(text: string, line: number, start: number): number {
    if (isMissing(text)) return Number.NaN;
    const instant = instantOf(text);
    if (instant !== null) {
      this.counts.instant += 1;
      if (!instant.withDay) this.counts.ofDay += 1;
      return instant.seconds;
    }
    const measure = measureOf(text, this.#decimal);
    if (measure === null) {
      this.#name(text, line, start);
      return Number.NaN;
    }
    if (measure.evidence !== null) {
      this.evidence.add(measure.evidence);
      if (measure.evidence === 'doubtful-comma') this.firstDoubtful ??= { text, line, column: start };
    }
    if (measure.unit === '') {
      this.counts.number += 1;
      this.firstBare ??= { text, line, column: start };
    } else {
      this.counts.withUnit += 1;
      this.firstWithUnit ??= { text, line, column: start };
      this.cellUnits.add(measure.unit);
    }
    return measure.value * (bytesIn(measure.unit) ?? 1);
  }

  #name(text: string, line: number, start: number): void {
    this.counts.text += 1;
    this.firstText ??= { text, line, column: start, row: this.length };
    if (this.#texts.size > MOST_TEXTS) return;
    if (!this.#texts.has(text)) this.#texts.set(text, this.#names.push(text));
    this.#codes ??= growingUint32();
    while (this.#codes.length < this.length) this.#codes.push(0);
    this.#codes.push(this.#texts.get(text) ?? 0);
  }

  #push(value: number, start: number): void {
    this.numbers.push(value);
    if (this.#keepsStarts) this.starts.push(Math.min(start, 65_535));
  }
}
