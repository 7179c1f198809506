import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SlopegateError } from '../model/index.js';
import { withinBounds } from '../requests/index.js';
import { inNameOrder } from './name-order.js';

/** A file, and what it is called in a corpus: nothing of the machine that it lies on. */
export interface Found {
  readonly file: string;
  /** The name of the path that was given, and the way from there: `logs/web/access.log`. */
  readonly name: string;
  /** Whether it was found in a folder, rather than given by its own path. */
  readonly inFolder: boolean;
  /** Why it cannot be read; null if nothing is known against it. */
  readonly trouble: string | null;
}

/**
 * The files under these paths, folders searched, in the order of their names. What cannot be looked at in a folder (a
 * link to nowhere, a folder that leads back to itself) is found with its trouble. @throws SlopegateError
 * TRAFFIC_INVALID if a path that was given is not there
 */
export async function* filesUnder(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    const name = basename(path);
    if (found.isDirectory()) yield* filesIn(path, name, []);
    else yield { file: path, name, inFolder: false, trouble: null };
  }
}

/** Of a folder only files: reading a pipe or a device that lies in one would wait for ever. */
async function* filesIn(folder: string, called: string, above: readonly string[]): AsyncGenerator<Found> {
  const troubled = (file: string, name: string, trouble: string): Found => ({ file, name, inFolder: true, trouble });
  const real = await realpath(folder).catch(() => null);
  const names = await readdir(folder).catch(() => null);
  if (real === null || names === null) return yield troubled(folder, called, 'The folder cannot be read');
  if (above.includes(real)) return yield troubled(folder, called, 'The folder is a link to a folder above it');
  for (const entry of inNameOrder(names)) {
    const [file, name] = [join(folder, entry), `${called}/${entry}`];
    const found = await stat(file).catch(() => null);
    if (found === null) yield troubled(file, name, 'The file does not exist, or cannot be read; is it a broken link?');
    else if (found.isDirectory()) yield* filesIn(file, name, [...above, real]);
    else if (found.isFile()) yield { file, name, inFolder: true, trouble: null };
  }
  return undefined;
}

/** A file's bytes, a piece at a time. @throws SlopegateError TRAFFIC_INVALID if they cannot be read */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(file, error);
  }
}

const GZIP = Buffer.from([0x1f, 0x8b]);
/** How files begin that are packed in a way that is not unpacked here, and the program that does it. */
const OTHER_PACKINGS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('BZh'), 'bunzip2'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), 'unxz'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'unzstd'],
];

/**
 * A file's bytes, unpacked if it is packed with gzip, whatever its name. @throws SlopegateError TRAFFIC_INVALID
 * where they cannot be read, are cut short, are packed in another way, or unpack to far more than any log does
 */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const chunks = bytesOf(file);
  const { value: first = Buffer.alloc(0) } = (await chunks.next()) as IteratorResult<Buffer, undefined>;
  const whole = (async function* () {
    yield first;
    yield* chunks;
  })();
  const program = OTHER_PACKINGS.find(([begin]) => first.subarray(0, begin.length).equals(begin))?.[1];
  if (program !== undefined)
    throw new SlopegateError('TRAFFIC_INVALID', `${file} is packed in a way that is not read`, {
      location: file,
      hint: `Unpack it first: "${program}" does that`,
    });
  if (!file.endsWith('.gz') && !first.subarray(0, GZIP.length).equals(GZIP)) {
    yield* whole;
    return;
  }
  const { size } = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  // What fails shows in the reading of what is unpacked.
  const unpacked = pipeline(whole, createGunzip(), () => {}) as AsyncIterable<Buffer>;
  try {
    yield* withinBounds(unpacked, size, () => unpacksToTooMuch(file));
  } catch (error) {
    throw error instanceof SlopegateError
      ? error
      : new SlopegateError('TRAFFIC_INVALID', `${file} cannot be unpacked`, {
          because: error,
          location: file,
          hint:
            'The packed file is cut short, or is not a packed file: "gzip -t" says which. ' +
            '"zcat" prints the readable part',
        });
  }
}

function unpacksToTooMuch(file: string): SlopegateError {
  return new SlopegateError('TRAFFIC_INVALID', `${file} unpacks to more than 500 times its size`, {
    location: file,
    hint: 'Logs do not pack so well: what is in the file? If it is right, unpack it yourself and give the result',
  });
}

function unreadable(path: string, cause: unknown): SlopegateError {
  return new SlopegateError('TRAFFIC_INVALID', `${path} cannot be read`, { cause, location: path });
}
