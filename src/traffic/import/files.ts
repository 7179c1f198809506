import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { SlopegateError } from '../../model/index.js';

/** The files under these paths, folders searched, in an order that does not depend on the file system. */
export async function* filesUnder(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => {
      throw new SlopegateError('TRAFFIC_INVALID', `${path} cannot be read`, { cause: error, location: path });
    });
    if (!found.isDirectory()) yield path;
    else yield* filesUnder((await readdir(path)).sort().map((name) => join(path, name)));
  }
}

/** A file's bytes, unpacked where its name ends in `.gz`. */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (!file.endsWith('.gz')) {
    yield* stream as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = createGunzip();
  stream.on('error', (error) => unpacked.destroy(error));
  yield* stream.pipe(unpacked) as AsyncIterable<Buffer>;
}
