import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { SlopegateError } from '../model/index.js';
import { CONTENTS_FILE, damaged, parseContents, SIGNATURE_FILE, type BundleContents } from './contents.js';
import { GZIP_HEADER } from './gzip-header.js';

/** A bundle may unpack to this many times its size, or to this many bytes, whichever is more. Ten times is usual. */
const MOST_TIMES = 500;
const MOST_BYTES = 256 * 2 ** 20;
/** The most that `bundle.json` and `signature.json` may have. */
const MOST_TEXT = 2 ** 20;

type Entry = Extract extends AsyncIterable<infer One> ? One : never;

export interface Unpacked {
  readonly contents: BundleContents;
  /** The bytes that are signed. */
  readonly contentsText: string;
  /** Null if the bundle is not signed. */
  readonly signature: string | null;
}

/**
 * Unpacks a bundle into a folder, and checks the size and the digest of every file.
 * @param mostBytes the bound for small archives; another value in tests
 * @throws SlopegateError BUNDLE_INVALID, which names the file that is not as it was
 */
export async function unpackBundle(archive: string, folder: string, mostBytes = MOST_BYTES): Promise<Unpacked> {
  const found = await stat(archive).catch((cause: unknown) => {
    throw new SlopegateError('BUNDLE_INVALID', `${archive} cannot be read.`, {
      cause,
      hint: 'Name a file that "slopegate bundle" made.',
    });
  });
  if (!found.isFile())
    throw new SlopegateError('BUNDLE_INVALID', `${archive} is not a file.`, {
      hint: `To judge the folder of a run again: slopegate analyze ${archive}. To pack it: slopegate bundle ${archive}`,
    });
  const { size } = found;
  await checkHeader(archive);
  const gunzip = createGunzip();
  const tar = extract();
  const reader = entryReader(folder);
  const limit = Math.max(mostBytes, MOST_TIMES * size);
  const flow = pipeline(createReadStream(archive), gunzip, bounded(limit), tar);
  // While the entries are read, nothing awaits `flow` yet. Without this a failure would end the process.
  flow.catch(() => undefined);
  try {
    for await (const entry of tar) await reader.read(entry);
    await flow;
  } catch (error) {
    if (error instanceof SlopegateError) throw error;
    throw damaged(`The bundle is damaged: ${reader.where()}.`, error);
  }
  checkEnd(gunzip, size);
  return reader.finish();
}

async function checkHeader(archive: string): Promise<void> {
  const file = await open(archive);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP_HEADER.length), 0, GZIP_HEADER.length, 0);
    if (bytesRead < GZIP_HEADER.length || !buffer.equals(GZIP_HEADER))
      throw damaged('The first ten bytes are not those of a bundle.');
  } finally {
    await file.close();
  }
}

/** Whatever follows the end of the packed data was not written by slopegate. */
function checkEnd({ bytesWritten }: Gunzip, size: number): void {
  if (bytesWritten !== size) throw damaged(`${size - bytesWritten} bytes follow the end of the bundle.`);
}

function bounded(most: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      if (passed <= most) done(null, chunk);
      else done(damaged(`The bundle unpacks to more than ${most} bytes.`));
    },
  });
}

/** Reads entry after entry: first `bundle.json`, then what it names, in its order. */
function entryReader(folder: string) {
  let contents: BundleContents | null = null;
  let text = '';
  let signature: string | null = null;
  let found = 0;
  let last = 'at its beginning';

  async function file(entry: Entry, { files }: BundleContents): Promise<void> {
    const expected = files[found];
    if (expected === undefined || expected.path !== entry.header.name)
      throw damaged(`The bundle has a file ${entry.header.name} that ${CONTENTS_FILE} does not name here.`);
    const hash = createHash('sha256');
    const hashed = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(
      entry as unknown as Readable,
      hashed,
      createWriteStream(join(folder, expected.path), { flags: 'wx' }),
    );
    if (hash.digest('hex') !== expected.sha256 || entry.header.size !== expected.bytes)
      throw damaged(`${expected.path} is not the file that was packed: its SHA-256 digest differs.`);
    found += 1;
  }

  return {
    where: () => `the fault is ${last}`,
    async read(entry: Entry): Promise<void> {
      const { name } = entry.header;
      last = `in ${name} or after it`;
      if (contents === null) {
        if (name !== CONTENTS_FILE) throw damaged(`The bundle does not begin with ${CONTENTS_FILE}.`);
        text = await shortText(entry);
        contents = parseContents(text);
      } else if (name === SIGNATURE_FILE && found === 0 && signature === null) signature = await shortText(entry);
      else await file(entry, contents);
    },
    finish(): Unpacked {
      if (contents === null) throw damaged('The bundle is empty.');
      const missing = contents.files[found];
      if (missing !== undefined) throw damaged(`${missing.path} is missing.`);
      return { contents, contentsText: text, signature };
    },
  };
}

async function shortText(entry: Entry): Promise<string> {
  const { name, size } = entry.header;
  if (size > MOST_TEXT) throw damaged(`${name} has ${size} bytes; no bundle of slopegate is so large.`);
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
