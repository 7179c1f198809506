import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TrafficFile } from '../entry.js';
import { LARGEST_RECORD } from './records.js';
import { openZip } from './zip.js';

/** A document, and the files named in it. */
export interface WithAttached {
  readonly chunks: AsyncIterable<Buffer>;
  /** The bytes of a file beside it; null if there is none, or it is too large. */
  readonly attached: (name: string) => Promise<Buffer | null>;
}

/**
 * A document and the files beside it: in its folder, or in the same zip. Only plain names are looked up, so no document
 * can name a file elsewhere on the machine.
 */
export async function attachedOf({ file, chunks }: TrafficFile): Promise<WithAttached> {
  if (!/\.zip$/i.test(file))
    return {
      chunks,
      attached: async (name) => {
        if (!isPlain(name)) return null;
        const path = join(dirname(file), name);
        const found = await stat(path).catch(() => null);
        return found?.isFile() && found.size <= LARGEST_RECORD ? readFile(path).catch(() => null) : null;
      },
    };
  const zip = await openZip(file);
  const archive = zip.names.find((name) => /\.har$/i.test(name));
  return {
    chunks: archive === undefined ? nothing() : zip.stream(archive),
    attached: (name) => (isPlain(name) ? zip.read(name, LARGEST_RECORD) : Promise.resolve(null)),
  };
}

function isPlain(name: string): boolean {
  return /^[^/\\\0]+$/.test(name) && name !== '.' && name !== '..';
}

async function* nothing(): AsyncGenerator<Buffer> {}
