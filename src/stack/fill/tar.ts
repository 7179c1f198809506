export interface TarEntry {
  readonly path: string;
  /** Null for a folder. */
  readonly text: Buffer | null;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const BLOCK = 512;

/** A tar archive (ustar) of a few small files and folders. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => [
    headerOf(entry),
    entry.text ?? Buffer.alloc(0),
    Buffer.alloc((BLOCK - ((entry.text?.length ?? 0) % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf({ path, text, mode, uid, gid }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  const [prefix, name] = split(path);
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(name, 0, 100, 'utf8');
  octal(mode, 100, 8);
  octal(uid, 108, 8);
  octal(gid, 116, 8);
  octal(text?.length ?? 0, 124, 12);
  octal(Math.floor(Date.now() / 1000), 136, 12);
  header.write('        0', 148, 'latin1');
  header.write(text === null ? '5' : '0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155, 'utf8');
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}

/** A name of up to 100 bytes, and what comes before it of up to 155. */
function split(path: string): readonly [string, string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  const at = path.indexOf('/', path.length - 101);
  if (at < 0 || Buffer.byteLength(path.slice(0, at)) > 155 || Buffer.byteLength(path.slice(at + 1)) > 100)
    throw new RangeError(`${path} is too long for a tar archive`);
  return [path.slice(0, at), path.slice(at + 1)];
}
