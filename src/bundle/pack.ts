import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { SlopegateError } from '../model/index.js';
import { BUNDLE_SCHEMA, CONTENTS_FILE, contentsText, SIGNATURE_FILE, type BundledFile } from './contents.js';
import { withOurHeader } from './gzip-header.js';
import { signContents } from './signature.js';

/** A file to be packed: one on the disk, or a text that was made for the bundle. */
type Source = { readonly file: string } | { readonly name: string; readonly text: string };

export interface PackOptions {
  /** Version of slopegate. */
  readonly slopegate: string;
  readonly runId: string;
  /** A private ed25519 key in PEM; null for a bundle without a signature. */
  readonly privateKey: string | null;
}

/**
 * Writes a bundle: a gzipped tar archive, sorted, without times and owners, so that the same files give the same bytes.
 * @param out the archive; it is replaced if it is there
 * @throws SlopegateError DISK if it cannot be written; RUN_UNREADABLE if a file changes meanwhile
 */
export async function packBundle(out: string, sources: readonly Source[], options: PackOptions): Promise<void> {
  const sorted = [...sources].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const files: BundledFile[] = [];
  for (const source of sorted) files.push(await describe(source));
  const { slopegate, runId, privateKey } = options;
  const contents = contentsText({ schema: BUNDLE_SCHEMA, slopegate, runId, files });
  const signature =
    privateKey === null ? [] : [{ name: SIGNATURE_FILE, text: json(signContents(contents, privateKey)) }];
  const temporary = `${out}.tmp`;
  try {
    const archive = pack();
    const filled = fill(archive, [{ name: CONTENTS_FILE, text: contents }, ...signature, ...sorted]);
    const written = pipeline(archive, createGzip({ level: 9 }), withOurHeader(), createWriteStream(temporary));
    await Promise.all([filled.catch((error: Error) => archive.destroy(error)), written]);
    await rename(temporary, out);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof SlopegateError) throw cause;
    throw new SlopegateError('DISK', `Cannot write ${out}`, { because: cause, hint: 'Choose another file with -o.' });
  }
  const now = await Promise.all(sorted.map(describe));
  if (now.some(({ sha256 }, place) => sha256 !== files[place]?.sha256)) {
    await rm(out, { force: true });
    throw new SlopegateError('RUN_UNREADABLE', 'The run changed while it was packed.', {
      hint: 'Is the run still going on? Make the bundle when it has ended.',
    });
  }
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const nameOf = (source: Source): string => ('file' in source ? basename(source.file) : source.name);

async function describe(source: Source): Promise<BundledFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of bytesOf(source)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { path: nameOf(source), bytes, sha256: hash.digest('hex') };
}

async function* bytesOf(source: Source): AsyncGenerator<Buffer> {
  if ('text' in source) yield Buffer.from(source.text);
  else yield* createReadStream(source.file) as AsyncIterable<Buffer>;
}

async function fill(archive: Pack, sources: readonly Source[]): Promise<void> {
  for (const source of sources) {
    const size = 'file' in source ? (await stat(source.file)).size : Buffer.byteLength(source.text);
    const header = { name: nameOf(source), size, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 };
    const entry = archive.entry(header);
    for await (const chunk of bytesOf(source)) if (!entry.write(chunk)) await once(entry, 'drain');
    entry.end(null);
  }
  archive.finalize();
}
