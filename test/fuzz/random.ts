/** Seeded random numbers: the same seed gives the same inputs. */
export interface Random {
  below(count: number): number;
  pick<T>(values: readonly T[]): T;
}

/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, count);
  };
  return { below, pick: (values) => values[below(values.length)]! };
}

const HOSTILE = ['1e308', '-1', '0', 'null', '""', '[]', '{}', '"constructor"', '"__proto__"', '9e15', '1e999', 'true'];

/** A text with a few things wrong: bytes, lines, numbers and values. */
export function damaged(text: string, random: Random): string {
  let damage = text;
  for (let times = 1 + random.below(3); times > 0; times -= 1) damage = random.pick(WAYS)(damage, random);
  return damage;
}

type Way = (text: string, random: Random) => string;
const WAYS: readonly Way[] = [
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + String.fromCharCode(random.below(128)) + text.slice(at + 1);
  },
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => {
    const lines = text.split('\n');
    return lines.toSpliced(random.below(lines.length), 1 + random.below(5)).join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    return lines.toSpliced(random.below(lines.length), 0, random.pick(lines)).join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    const other = random.below(lines.length);
    return lines.with(at, lines[other]!).with(other, lines[at]!).join('\n');
  },
  (text, random) => {
    const numbers = [...text.slice(0, 200_000).matchAll(/-?\d+(\.\d+)?/g)];
    if (numbers.length === 0) return text;
    const { index, 0: number } = random.pick(numbers);
    return text.slice(0, index) + random.pick(HOSTILE) + text.slice(index + number.length);
  },
  (text, random) => {
    const names = [...text.slice(0, 200_000).matchAll(/"[\w-]+"/g)];
    if (names.length === 0) return text;
    const { index, 0: name } = random.pick(names);
    return text.slice(0, index) + random.pick(HOSTILE) + text.slice(index + name.length);
  },
];
