export type Value = string | number;

const text = (value: Value | undefined): string => {
  if (typeof value !== 'string') throw new TypeError('a text is expected');
  return value;
};
const number = (value: Value | undefined): number => {
  if (typeof value !== 'number') throw new TypeError('a number is expected');
  return value;
};

const LONGEST = 1024 * 1024;

/** Functions of Go's templates and of sprig that always give the same result, by the number of their arguments. */
const FUNCTIONS: Readonly<Record<string, readonly [arity: number, (...operands: Value[]) => Value | undefined]>> = {
  repeat: [
    2,
    (times, piece) =>
      number(times) < 0 || number(times) * text(piece).length > LONGEST ? undefined : text(piece).repeat(number(times)),
  ],
  upper: [1, (value) => text(value).toUpperCase()],
  lower: [1, (value) => text(value).toLowerCase()],
  trim: [1, (value) => text(value).trim()],
  trimPrefix: [
    2,
    (prefix, value) => (text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : text(value)),
  ],
  trimSuffix: [
    2,
    (suffix, value) =>
      text(value).endsWith(text(suffix)) ? text(value).slice(0, text(value).length - text(suffix).length) : text(value),
  ],
  nospace: [1, (value) => text(value).replace(/\s/g, '')],
  replace: [3, (from, to, value) => text(value).replaceAll(text(from), () => text(to))],
  b64enc: [1, (value) => Buffer.from(text(value), 'utf8').toString('base64')],
  b64dec: [1, (value) => Buffer.from(text(value), 'base64').toString('utf8')],
  len: [1, (value) => Buffer.byteLength(text(value), 'utf8')],
  print: [1, (value) => value],
  add: [2, (a, b) => number(a) + number(b)],
  sub: [2, (a, b) => number(a) - number(b)],
  mul: [2, (a, b) => number(a) * number(b)],
};

/** Undefined if the function, or this use of it, is not known. */
export function callFunction(name: string, operands: readonly Value[]): Value | undefined {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known?.[0] !== operands.length) return undefined;
  try {
    return known[1](...operands);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
