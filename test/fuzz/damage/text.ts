import type { Random } from '../random.js';

/** Values that are likely to be met without care: numbers at the edge, other types, names that every object has. */
const HOSTILE: readonly string[] = [
  '1e308',
  '-1',
  '0',
  '-0',
  'null',
  '""',
  '[]',
  '{}',
  '"constructor"',
  '"__proto__"',
  '"toString"',
  '9e15',
  '9007199254740993',
  '1e999',
  'NaN',
  'true',
  '0.1',
  '4294967296',
];

type Way = (text: string, random: Random) => string;

const onLines =
  (change: (lines: string[], random: Random) => readonly string[]): Way =>
  (text, random) =>
    change(text.split('\n'), random).join('\n');

const replacing =
  (pattern: RegExp): Way =>
  (text, random) => {
    const found = [...text.slice(0, 200_000).matchAll(pattern)];
    if (found.length === 0) return text;
    const { index, 0: old } = random.pick(found);
    return text.slice(0, index) + random.pick(HOSTILE) + text.slice(index + old.length);
  };

/** Ways to damage any text, by name. */
const TEXT_WAYS: Readonly<Record<string, Way>> = {
  byte: (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(4) ? 0x3000 : 128)) + text.slice(at + 1);
  },
  'byte gone': (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(3));
  },
  'cut short': (text, random) => text.slice(0, random.below(text.length)),
  'lines gone': onLines((lines, random) => lines.toSpliced(random.below(lines.length), 1 + random.below(5))),
  'line twice': onLines((lines, random) => lines.toSpliced(random.below(lines.length), 0, random.pick(lines))),
  'lines swapped': onLines((lines, random) => {
    const [at, other] = [random.below(lines.length), random.below(lines.length)];
    return lines.with(at, lines[other]!).with(other, lines[at]!);
  }),
  'lines run together': onLines((lines, random) => {
    const at = random.below(lines.length);
    return lines.toSpliced(at, 2, (lines[at] ?? '') + (lines[at + 1] ?? ''));
  }),
  number: replacing(/-?\d+(\.\d+)?/g),
  name: replacing(/"[\w-]+"/g),
};

/** A text that is not the same as before, and how it was damaged. A line end at the end of a file is nothing. */
export function damagedText(before: string, random: Random): { readonly text: string; readonly way: string } {
  const way = random.pick(Object.keys(TEXT_WAYS));
  let text = before;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const next = random.oneIn(3) ? random.pick(Object.values(TEXT_WAYS)) : TEXT_WAYS[way]!;
    text = next(text, random);
  }
  while (text.trimEnd() === before.trimEnd()) text = random.pick(Object.values(TEXT_WAYS))(before, random);
  return { text, way };
}
