import { createReadStream, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SlopegateError } from '../model/index.js';

/**
 * The files under these paths, folders searched, in an order that does not depend on the file system. @throws
 * SlopegateError TRAFFIC_INVALID
 */
export async function* filesUnder(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if ((await looked(path)).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** Of a folder only files: reading a pipe or a device that lies in one would wait for ever. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  for (const name of names.sort()) {
    const path = join(folder, name);
    const found = await looked(path);
    if (found.isDirectory()) yield* filesIn(path);
    else if (found.isFile()) yield path;
  }
}

function looked(path: string): Promise<Stats> {
  return stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

/** A file's bytes, a piece at a time. @throws SlopegateError TRAFFIC_INVALID where they cannot be read */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * A file's bytes, unpacked where its name ends in `.gz`. @throws SlopegateError TRAFFIC_INVALID where they cannot be
 * read, or are cut short
 */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  if (!file.endsWith('.gz')) {
    yield* bytesOf(file);
    return;
  }
  // What fails shows in the reading of what is unpacked.
  const unpacked = pipeline(bytesOf(file), createGunzip(), () => {});
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof SlopegateError
      ? error
      : new SlopegateError('TRAFFIC_INVALID', `${file} cannot be unpacked: ${(error as Error).message}`, {
          cause: error,
          location: file,
          hint: 'A packed file that is cut short, or none at all: "gzip -t" says which. What is there of it comes out with "zcat"',
        });
  }
}

function unreadable(path: string, cause: unknown): SlopegateError {
  return new SlopegateError('TRAFFIC_INVALID', `${path} cannot be read`, { cause, location: path });
}
