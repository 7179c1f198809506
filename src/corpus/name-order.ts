/** A file name, and its number as a rotated log: `access.log.2.gz` is the second before `access.log`. */
interface Rotated {
  readonly name: string;
  readonly base: string;
  readonly rotation: number;
}

/**
 * File names in the order of their times: numbers by their value (`requests_2` before `requests_10`), and rotated logs
 * oldest first (`access.log.2.gz`, `access.log.1`, `access.log`). The same on every machine.
 */
export function inNameOrder(names: readonly string[]): readonly string[] {
  const all = new Set(names.map(unpacked));
  return names
    .map((name) => rotated(name, all))
    .sort((a, b) => byNumbers(a.base, b.base) || b.rotation - a.rotation || byNumbers(a.name, b.name))
    .map(({ name }) => name);
}

function rotated(name: string, all: ReadonlySet<string>): Rotated {
  const plain = unpacked(name);
  const [, base = plain, number] = /^(.*)\.(\d{1,4})$/.exec(plain) ?? [];
  return number === undefined || !all.has(base)
    ? { name, base: plain, rotation: 0 }
    : { name, base, rotation: Number(number) };
}

const unpacked = (name: string): string => name.replace(/\.gz$/, '');

function byNumbers(a: string, b: string): number {
  const [of, than] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (const [i, piece] of of.entries()) {
    const other = than[i];
    if (other === undefined) return 1;
    const numbers = /^\d/.test(piece) && /^\d/.test(other) ? Number(piece) - Number(other) : 0;
    if (numbers !== 0) return numbers;
    if (piece !== other && !(/^\d/.test(piece) && /^\d/.test(other))) return piece < other ? -1 : 1;
  }
  // Numbers of equal value, such as 01 and 1: any order that is always the same.
  return of.length - than.length || (a < b ? -1 : a > b ? 1 : 0);
}
