import { Transform } from 'node:stream';

/**
 * The header of every bundle: gzip, deflate, no flags, no time, best compression, operating system unknown. zlib writes
 * the operating system of the machine there.
 */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);

/** A gzip stream that has the header of every bundle instead of its own. */
export function withOurHeader(): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const skipped = Math.min(chunk.length, Math.max(0, GZIP_HEADER.length - passed));
      if (passed === 0) this.push(GZIP_HEADER);
      passed += chunk.length;
      done(null, chunk.subarray(skipped));
    },
  });
}
