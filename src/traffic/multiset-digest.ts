import { createHash } from 'node:crypto';

const MODULUS = 1n << 256n;

/** Sum of the requests' hashes modulo 2^256. It says which requests came and how often each, in any order. */
export interface MultisetDigest {
  readonly count: number;
  /** `target` is a byte string (one character per byte), as in `TraceRequest` and in Node's `request.url`. */
  add(method: string, target: string, body: Uint8Array | null): void;
  /** 64 hexadecimal digits. */
  hex(): string;
}

/**
 * SHA-256(method + " " + target + "\n" + body bytes) of each request. The origin computes the same from what reached
 * it.
 */
export function createMultisetDigest(): MultisetDigest {
  let count = 0;
  let sum = 0n;
  return {
    get count() {
      return count;
    },
    add(method, target, body) {
      const hash = createHash('sha256').update(`${method} ${target}\n`, 'latin1');
      if (body !== null) hash.update(body);
      sum += BigInt(`0x${hash.digest('hex')}`);
      if (sum >= MODULUS) sum -= MODULUS;
      count++;
    },
    hex: () => sum.toString(16).padStart(64, '0'),
  };
}
