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
const pattern = (units: Readonly<Record<string, number>>, suffix = ''): RegExp =>
  new RegExp(`^${NUMBER}\\s*(${Object.keys(units).join('|')})${suffix}$`);

/**
 * A text of number and unit → a number in the base unit. The pattern stands in the JSON Schema, so editors check it
 * too.
 */
function quantity(units: Readonly<Record<string, number>>, example: string, suffix = '') {
  const regex = pattern(units, suffix);
  return z
    .string()
    .regex(regex, `expected a quantity such as "${example}"`)
    .transform((text) => {
      const [, number = '', unit = ''] = regex.exec(text) ?? [];
      return Number(number) * (units[unit] ?? Number.NaN);
    });
}

/** `512MiB` → bytes. */
export const bytes = () =>
  quantity(BYTES, '512MiB').meta({ description: 'Bytes with a unit: B, kB, MB, GB, KiB, MiB, GiB.' });

/** `90s`, `5m`, `30d` → seconds. */
export const duration = () => quantity(SECONDS, '90s').meta({ description: 'A duration: ms, s, m, h, d.' });

/** `75/s` → requests per second. */
export const rate = () =>
  quantity({ '/s': 1, '/min': 1 / 60 }, '75/s').meta({ description: 'Requests per second: 75/s.' });

/** `8KiB/s` → bytes per second. */
export const bytesPerSecond = () =>
  quantity(BYTES, '8KiB/s', '/s').pipe(z.number().positive()).meta({ description: 'Bytes per second: 8KiB/s.' });

/** `32 B/request` → bytes per request. */
export const margin = () =>
  quantity(BYTES, '32 B/request', '/request').meta({ description: 'Bytes per request: 32 B/request.' });

/** `1%` or a share 0…1 → a share 0…1. */
export const share = () =>
  z
    .union([
      z.number().min(0).max(1),
      z
        .string()
        .regex(/^\d+(\.\d+)?\s*%$/, 'expected a share such as "1%"')
        .transform((text) => Number.parseFloat(text) / 100)
        .pipe(z.number().max(1)),
    ])
    .meta({ description: 'A share: 1% or 0.01.' });
