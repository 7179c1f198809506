import { type FieldGenerator, SlopegateError } from '../model/index.js';
import { permute } from './permutation.js';
import { createRandom, keyOf } from './random.js';
import { BROWSERS, FIRST_OCTETS, PLATFORMS, WORDS } from './vocabulary.js';

/** A source of exactly `cardinality` different values. Value k depends only on the seed, the field and k. */
export interface Field {
  readonly cardinality: number;
  value(k: number): string;
}

const LARGEST_SPACE = 2 ** 52;
const BUILDS = 10_000;
const MAJORS = 60;

export function createField(name: string, generator: FieldGenerator, seed: number): Field {
  const key = keyOf(seed, 'field', name);
  switch (generator.kind) {
    case 'integer':
      return {
        cardinality: atMost(name, generator.to - generator.from + 1, LARGEST_SPACE),
        value: (k) => String(generator.from + k),
      };
    case 'oneOf':
      return {
        cardinality: atMost(name, generator.values.length, LARGEST_SPACE),
        value: (k) => generator.values[k] as string,
      };
    case 'word':
      return { cardinality: atMost(name, generator.cardinality, WORDS.length ** 5), value: (k) => words(k, key) };
    case 'hex': {
      const digits = Math.min(generator.length, 13);
      const cardinality = atMost(name, generator.cardinality, 16 ** digits);
      return {
        cardinality,
        value: (k) => hex(permute(k, 16 ** digits, key), digits) + hexTail(key, k, generator.length - digits),
      };
    }
    case 'uuid': {
      const space = 16 ** 12;
      return {
        cardinality: atMost(name, generator.cardinality, space),
        value: (k) => uuid(hex(permute(k, space, key), 12) + hexTail(key, k, 18), key, k),
      };
    }
    case 'ipv4': {
      const space = FIRST_OCTETS.length * 2 ** 24;
      return { cardinality: atMost(name, generator.cardinality, space), value: (k) => ipv4(permute(k, space, key)) };
    }
    case 'userAgent': {
      const space = BROWSERS.length * PLATFORMS.length * MAJORS * BUILDS;
      return {
        cardinality: atMost(name, generator.cardinality, space),
        value: (k) => userAgent(permute(k, space, key)),
      };
    }
    case 'text':
      break;
  }
  return textField(name, generator.bytes, generator.cardinality, key);
}

function atMost(name: string, cardinality: number, space: number): number {
  if (Number.isSafeInteger(cardinality) && cardinality >= 1 && cardinality <= space) return cardinality;
  throw new SlopegateError(
    'TRAFFIC_INVALID',
    `Field "${name}" should have ${cardinality} different values; this kind of field can have 1 to ${space}`,
    { hint: 'Use a smaller cardinality, or a larger field (length, bytes, range)' },
  );
}

/** One word for the first k, then two, then three…, joined by hyphens. Two different k never give the same text. */
function words(k: number, key: number): string {
  const chosen: string[] = [];
  let rest = k + 1;
  while (rest > 0) {
    rest--;
    chosen.push(WORDS[permute(rest % WORDS.length, WORDS.length, key)] as string);
    rest = Math.floor(rest / WORDS.length);
  }
  return chosen.join('-');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function hexTail(key: number, k: number, digits: number): string {
  if (digits <= 0) return '';
  const random = createRandom(key, k);
  let tail = '';
  while (tail.length < digits) tail += hex(random.uint32(), 8);
  return tail.slice(0, digits);
}

/** Version 4 (RFC 9562): 30 free digits, and the version and the variant at their places. */
function uuid(digits: string, key: number, k: number): string {
  const variant = '89ab'[keyOf(key, 'variant', k) % 4] as string;
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(12, 15)}`];
  return [...parts, variant + digits.slice(15, 18), digits.slice(18, 30)].join('-');
}

function ipv4(position: number): string {
  const low = position % 2 ** 24;
  return `${FIRST_OCTETS[(position - low) / 2 ** 24]}.${low >>> 16}.${(low >>> 8) & 255}.${low & 255}`;
}

function userAgent(position: number): string {
  const browser = BROWSERS[position % BROWSERS.length] as string;
  const platform = PLATFORMS[Math.floor(position / BROWSERS.length) % PLATFORMS.length] as string;
  const rest = Math.floor(position / BROWSERS.length / PLATFORMS.length);
  const major = String(90 + (rest % MAJORS));
  return `Mozilla/5.0 (${platform}) ${browser.replaceAll('%', major).replace('#', String(Math.floor(rest / MAJORS)))}`;
}

/**
 * Text of an exact size: a token that makes the values different, then one seeded text that begins at a different
 * place.
 */
function textField(name: string, bytes: number, cardinality: number, key: number): Field {
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw new SlopegateError('TRAFFIC_INVALID', `Field "${name}" has a size of ${bytes} bytes; a text has at least 1`);
  let digits = 0;
  while (36 ** digits < cardinality && digits < Math.min(bytes, 10)) digits++;
  atMost(name, cardinality, 36 ** digits);
  let prose: string | null = null;
  const read = (from: number): string => {
    prose ??= proseOf(bytes, key).repeat(2);
    return prose.slice(from, from + bytes - digits);
  };
  return {
    cardinality,
    value(k) {
      const token =
        digits === 0
          ? ''
          : permute(k, 36 ** digits, key)
              .toString(36)
              .padStart(digits, '0');
      return token + read(permute(k % bytes, bytes, key));
    },
  };
}

function proseOf(bytes: number, key: number): string {
  const random = createRandom(key, 'prose');
  let prose = '';
  while (prose.length < bytes) prose += ` ${WORDS[random.below(WORDS.length)]}`;
  return prose.slice(0, bytes);
}
