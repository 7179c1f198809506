/** A function of an ELF file: where it begins, as an address in the file's own numbering, and its name. */
interface ElfFunction {
  readonly address: number;
  readonly size: number;
  readonly name: string;
}

/** What is needed of an ELF file to name an address. */
export interface ElfFile {
  /** Loadable parts: offset in the file → address. */
  readonly parts: readonly { readonly offset: number; readonly address: number; readonly size: number }[];
  /** By address. */
  readonly functions: readonly ElfFunction[];
}

const MAGIC = 0x464c457f;
const PT_LOAD = 1;
const SYMBOL_TABLES = [2, 11];
const STT_FUNC = 2;
const SYMBOL_BYTES = 24;

/**
 * The functions of a 64-bit ELF file, from its dynamic symbol table and, if it has not been stripped, from the full
 * one. Null if it is not such a file, or is damaged.
 */
export function readElf(bytes: Buffer): ElfFile | null {
  try {
    return bytes.readUInt32LE(0) === MAGIC && bytes[4] === 2 && bytes[5] === 1 ? elfOf(bytes) : null;
  } catch (error) {
    // An offset is outside of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function elfOf(bytes: Buffer): ElfFile {
  const number = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const tableOf = (at: number, each: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => number(at) + i * bytes.readUInt16LE(each));
  const parts = tableOf(32, 54, bytes.readUInt16LE(56))
    .filter((at) => bytes.readUInt32LE(at) === PT_LOAD)
    .map((at) => ({ offset: number(at + 8), address: number(at + 16), size: number(at + 32) }));
  const sections = tableOf(40, 58, bytes.readUInt16LE(60)).map((at) => ({
    type: bytes.readUInt32LE(at + 4),
    offset: number(at + 24),
    size: number(at + 32),
    link: bytes.readUInt32LE(at + 40),
  }));
  const functions = sections
    .filter(({ type }) => SYMBOL_TABLES.includes(type))
    .flatMap(({ offset, size, link }) => {
      const names = sections[link]?.offset ?? 0;
      return Array.from({ length: Math.floor(size / SYMBOL_BYTES) }, (_, i) => offset + i * SYMBOL_BYTES).flatMap(
        (at) => {
          const isFunction = ((bytes[at + 4] ?? 0) & 15) === STT_FUNC && bytes.readUInt16LE(at + 6) !== 0;
          return isFunction
            ? { address: number(at + 8), size: number(at + 16), name: textAt(bytes, names + bytes.readUInt32LE(at)) }
            : [];
        },
      );
    });
  return { parts, functions: functions.sort((a, b) => a.address - b.address) };
}

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, bytes.indexOf(0, at));
}

/** How many functions begin at the address or before it. A large program has some hundred thousand. */
function numberUpTo(functions: readonly ElfFunction[], address: number): number {
  let [from, to] = [0, functions.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((functions[middle] as ElfFunction).address <= address) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The name of the function at an offset of the file; null if no symbol covers it. */
export function functionAt({ parts, functions }: ElfFile, offset: number): string | null {
  const part = parts.find((one) => offset >= one.offset && offset < one.offset + one.size);
  if (part === undefined) return null;
  const address = offset - part.offset + part.address;
  // One function may lie within another: the last one that covers the address counts.
  for (let at = numberUpTo(functions, address) - 1; at >= 0; at -= 1) {
    const one = functions[at] as ElfFunction;
    if (address < one.address + one.size) return one.name;
  }
  return null;
}
