/** The decimal sign of numbers. `auto` collects evidence for both signs and reads no doubtful cell. */
export type Decimal = 'auto' | 'point' | 'comma';

/** What a cell with points or commas shows about the signs of its file. */
export type SignEvidence = 'decimal-comma' | 'thousands-comma' | 'thousands-point' | 'doubtful-comma';

/** A number with the unit after it: `238.1MiB / 15.48GiB` is 238.1 with the unit `MiB`. */
export interface Measure {
  readonly value: number;
  readonly unit: string;
  /** `null` if the signs of the number are clear. */
  readonly evidence: SignEvidence | null;
}

const MISSING = new Set(['', 'nan', 'na', 'n/a', 'null', 'none', 'undefined', '-', '--', '<unknown>', '-- / --']);
const MEASURE =
  /^([+-]?(?:\d[\d.,'’_\u00A0\u202F ]*\d|\d|\.\d+)(?:e[+-]?\d+)?)\s*([A-Za-z%]*)(?:\s*\/\s*[\d-][^/]*)?$/i;
const POINTS_BETWEEN_THOUSANDS = /^[+-]?\d{1,3}(?:\.\d{3})+(?=,|$)/;
const GROUPS_OF_SPACES = /^[+-]?\d{1,3}(?:['’_\u00A0\u202F ]\d{3})+(?:[.,]\d+)?$/;

/** Whether a cell says that its reading is missing. */
export function isMissing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** A number with or without a unit; null for any other text. Of `used / limit` the first is taken. */
export function measureOf(text: string, decimal: Decimal): Measure | null {
  const [, digits = '', unit = ''] = MEASURE.exec(text.trim()) ?? [];
  if (digits === '') return null;
  const grouped = GROUPS_OF_SPACES.test(digits) ? digits.replace(/['’_\u00A0\u202F ]/g, '') : digits;
  const read = plainNumber(grouped, decimal);
  return read === null ? null : { ...read, unit };
}

function plainNumber(digits: string, decimal: Decimal): Omit<Measure, 'unit'> | null {
  const evidence = signsOf(digits);
  const sign = decimal === 'auto' && evidence !== null ? signFor(evidence) : decimal;
  const text =
    sign === 'comma'
      ? digits.replace(POINTS_BETWEEN_THOUSANDS, (group) => group.replace(/\./g, '')).replace(',', '.')
      : digits.replace(/,(?=\d{3}(?:\D|$))/g, '');
  const value = Number(text);
  return Number.isFinite(value) ? { value, evidence } : null;
}

function signFor(evidence: SignEvidence): 'point' | 'comma' {
  return evidence === 'decimal-comma' || evidence === 'thousands-point' ? 'comma' : 'point';
}

/** What the points and commas of one number prove. */
function signsOf(digits: string): SignEvidence | null {
  const commas = digits.split(',').length - 1;
  const points = digits.split('.').length - 1;
  if (commas === 0) return points > 1 ? 'thousands-point' : null;
  if (commas > 1) return 'thousands-comma';
  if (points > 0) return digits.indexOf(',') > digits.lastIndexOf('.') ? 'decimal-comma' : 'thousands-comma';
  return /^[+-]?[1-9]\d{0,2},\d{3}$/.test(digits) ? 'doubtful-comma' : 'decimal-comma';
}
