import type { Random } from '../random.js';

type Holder = Record<string, unknown> | unknown[];

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  9e15,
  2 ** 53,
  2 ** 50,
  1e12,
  '',
  'constructor',
  '__proto__',
  'valueOf',
  '\u0000\uD800',
  '</script>',
  [],
  [null],
  {},
  { constructor: 1 },
];
const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'extra', ''];

/** Changes one thing somewhere in a JSON value: another value or type, a key that is gone, renamed or new. */
export function damageValue(document: Holder, random: Random): void {
  const { holder, key } = somewhere(document, random);
  const set = (name: string, value: unknown): void =>
    // A key called `__proto__` is a key like any other in JSON.
    void Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  const old = Object.getOwnPropertyDescriptor(holder, key)?.value as unknown;
  const ways: (() => void)[] = [
    () => set(key, random.pick(VALUES)),
    () => set(key, typeof old === 'number' ? numberLike(old, random) : String(old)),
    () => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    },
    () => {
      if (Array.isArray(holder)) holder.splice(Number(key), 0, old);
      else set(random.pick(KEYS), old);
    },
    () => {
      if (Array.isArray(holder)) return holder.reverse();
      delete holder[key];
      return set(random.pick(KEYS), old);
    },
  ];
  random.pick(ways)();
}

/** Another number near an old one, or far from it. */
export function numberLike(old: number, random: Random): number {
  return random.pick([
    -old,
    old + 1,
    old - 1,
    old * 2,
    old * 1e3,
    old / 7,
    old * 1e9,
    Math.round(old),
    old + 1e-9,
    0,
    2 ** 50,
    2 ** 50 + 1,
    2 ** 31,
    1e12,
    1e-308,
  ]);
}

function somewhere(document: Holder, random: Random): { readonly holder: Holder; readonly key: string } {
  let holder = document;
  for (;;) {
    const keys = Object.keys(holder);
    const key = keys.length === 0 ? 'extra' : random.pick(keys);
    const value = Object.getOwnPropertyDescriptor(holder, key)?.value as unknown;
    if (typeof value !== 'object' || value === null || random.oneIn(6)) return { holder, key };
    holder = value as Holder;
  }
}
