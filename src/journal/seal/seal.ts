import { crc32 } from 'node:zlib';

/** `,"x":"9f86d081"}`: the end of every sealed line. */
const CHECKSUM_BYTES = 16;
const BEFORE_CHECKSUM = ',"x":"';
const BEFORE_PLACE = ',"i":';
const ZERO = 0x30;
const NINE = 0x39;

/** How many lines were sealed, and the checksum of the first. */
export interface SealState {
  readonly place: number;
  readonly seed: number;
}

/**
 * Seals the lines of one journal: `{"k":"end"}` becomes `{"k":"end","i":7,"x":"9f86d081"}`. `i` is the number of the
 * line, from 0. `x` is a CRC-32 over everything before it, started with the checksum of the journal's first line: a
 * line of another journal has another checksum.
 * @param from the state of a journal that was begun before and is continued
 */
export function sealer(from: SealState = { place: 0, seed: 0 }): (line: string) => string {
  let { place, seed } = from;
  return (line) => {
    const body = `${line.slice(0, -1)}${BEFORE_PLACE}${place}`;
    const checksum = crc32(body, seed);
    if (place === 0) seed = checksum;
    place += 1;
    return `${body}${BEFORE_CHECKSUM}${checksum.toString(16).padStart(8, '0')}"}`;
  };
}

/** What a seal says about its line. */
export interface Unsealed {
  /** Where the line's own text ends, without its closing brace. */
  readonly end: number;
  readonly place: number;
  readonly checksum: number;
}

/**
 * Reads the seal of a line; null if it has none, or its checksum is wrong.
 * @param seed checksum of the first line
 */
export function unseal(bytes: Buffer, from: number, to: number, seed: number): Unsealed | null {
  const bodyEnd = to - CHECKSUM_BYTES;
  if (bodyEnd <= from) return null;
  const stated = bytes.toString('latin1', bodyEnd, to);
  const checksum = crc32(bytes.subarray(from, bodyEnd), seed);
  if (stated !== `${BEFORE_CHECKSUM}${checksum.toString(16).padStart(8, '0')}"}`) return null;
  let digits = bodyEnd;
  while (digits > from && (bytes[digits - 1] ?? 0) >= ZERO && (bytes[digits - 1] ?? 0) <= NINE) digits -= 1;
  const end = digits - BEFORE_PLACE.length;
  if (digits === bodyEnd || end <= from || bytes.toString('latin1', end, digits) !== BEFORE_PLACE) return null;
  return { end, place: Number(bytes.toString('latin1', digits, bodyEnd)), checksum };
}
