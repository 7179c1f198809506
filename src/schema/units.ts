import * as z from 'zod';

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};
const SECONDS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const BARE = new RegExp(`^${NUMBER}$`);

interface Quantity {
  readonly units: Readonly<Record<string, number>>;
  /** The unit that is proposed if one is missing. */
  readonly usual: string;
  /** What comes after the unit: its pattern, and how it is written. */
  readonly per?: { readonly pattern: string; readonly written: string };
  readonly what: string;
  readonly description: string;
}

/**
 * A text with a number and a unit → a number in the base unit. The pattern is in the JSON Schema, so editors check it
 * too.
 */
function quantity({ units, usual, per = { pattern: '', written: '' }, what, description }: Quantity) {
  const names = Object.keys(units);
  const regex = new RegExp(`^${NUMBER}\\s*(${names.join('|')})${per.pattern}$`);
  const written = (number: string): string =>
    per.written === '' ? `${number}${usual}` : `${number} ${usual}${per.written}`;
  const example = written(EXAMPLES[usual] ?? '75');
  return z
    .string()
    .superRefine((input, context) => {
      if (regex.test(input)) return;
      const text = input.trim();
      const lacksUnit = BARE.test(text);
      context.addIssue({
        code: 'invalid_format',
        format: 'quantity',
        input,
        message: lacksUnit
          ? `${text} has no unit`
          : `expected ${what}, for example "${example}"; units: ${names.join(', ')}`,
        // The hint keeps the number that was meant; 0 is possible nowhere.
        ...(lacksUnit && Number(text) > 0 && { instead: written(text) }),
        // So that a union with other forms gives its own sentence.
        continue: false,
      });
    })
    .transform((text) => {
      const [, number = '', unit = ''] = regex.exec(text) ?? [];
      return Number(number) * (units[unit] ?? Number.NaN);
    })
    .meta({ description, example, pattern: regex.source });
}

const EXAMPLES: Readonly<Record<string, string>> = { MiB: '512', s: '90', B: '32', KiB: '8' };

/** `512MiB` → bytes. */
export const bytes = () =>
  quantity({
    units: BYTES,
    usual: 'MiB',
    what: 'a quantity',
    description: 'Bytes with a unit: B, kB, MB, GB, KiB, MiB, GiB.',
  });

/** `90s`, `5m`, `30d` → seconds. */
export const duration = () =>
  quantity({ units: SECONDS, usual: 's', what: 'a duration', description: 'A duration: ms, s, m, h, d.' });

/** `75/s` → requests per second. */
export const rate = () =>
  quantity({
    units: { '/s': 1, '/min': 1 / 60 },
    usual: '/s',
    what: 'a rate',
    description: 'Requests per second: 75/s.',
  });

/** `8KiB/s` → bytes per second. */
export const bytesPerSecond = () =>
  quantity({
    units: BYTES,
    usual: 'KiB',
    per: { pattern: '/s', written: '/s' },
    what: 'a speed',
    description: 'Bytes per second: 8KiB/s.',
  }).pipe(z.number().positive());

/** `32 B/request` → bytes per request. */
export const margin = () =>
  quantity({
    units: BYTES,
    usual: 'B',
    per: { pattern: String.raw`\s*/\s*req(?:uest)?`, written: '/request' },
    what: 'a quantity per request',
    description: 'Bytes per request: 32 B/request.',
  });

/** `1%` or a share 0…1 → a share 0…1. */
export const share = () =>
  z
    .union(
      [
        z.number().min(0).max(1),
        z
          .string()
          .regex(/^\d+(\.\d+)?\s*%$/)
          .transform((text) => Number.parseFloat(text) / 100)
          .pipe(z.number().max(1)),
      ],
      'expected a share, for example "1%" or 0.01',
    )
    .meta({ description: 'A share: 1% or 0.01.', example: '1%' });

/** Node's timers cannot be longer than 24 days, and nothing in a run takes a day to become ready. */
const LONGEST_WAIT_SECONDS = 86_400;

/** How long a run waits for something. */
export const patience = () =>
  duration().refine((seconds) => seconds <= LONGEST_WAIT_SECONDS, 'too long: the longest wait is 1d');
