import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { SlopegateError } from '../../model/index.js';
import { withinBounds } from './within-bounds.js';

export interface Zip {
  readonly names: readonly string[];
  stream(name: string): AsyncIterable<Buffer>;
  /** A file's bytes; null if there is no file with this name, or it is larger than `most`. */
  read(name: string, most: number): Promise<Buffer | null>;
}

interface Member {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly header: number;
}

/** The largest distance of the end record from the end: 22 bytes and a comment. */
const END_REACH = 22 + 65_535;
const END = 0x06054b50;
const MEMBER = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** A zip file, stored or deflated, below 4 GiB, as Playwright writes it. @throws SlopegateError TRAFFIC_INVALID */
export async function openZip(file: string): Promise<Zip> {
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  let members: ReadonlyMap<string, Member>;
  try {
    members = new Map((await directory(handle, file)).map((member) => [member.name, member]));
  } finally {
    await handle.close();
  }
  const stream = (name: string): AsyncIterable<Buffer> => unpacked(file, members.get(name) as Member);
  return {
    names: [...members.keys()],
    stream,
    async read(name, most) {
      const member = members.get(name);
      if (member === undefined || member.size > most) return null;
      const parts: Buffer[] = [];
      let size = 0;
      for await (const part of stream(name)) {
        size += part.length;
        // A file may unpack to more bytes than it states.
        if (size > most) return null;
        parts.push(part);
      }
      return Buffer.concat(parts);
    },
  };
}

async function directory(handle: FileHandle, file: string): Promise<readonly Member[]> {
  const { size } = await handle.stat();
  const reach = Math.min(size, END_REACH);
  const tail = await bytesAt(handle, size - reach, reach);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || tail.readUInt32LE(end) !== END || end + 22 > tail.length) throw unreadable(file);
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ];
  if (start + length > size) throw unreadable(file);
  const bytes = await bytesAt(handle, start, length);
  const members: Member[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== MEMBER) throw unreadable(file);
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    members.push({
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      header: bytes.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return members;
}

async function* unpacked(file: string, { name, method, packed, header }: Member): AsyncGenerator<Buffer> {
  if ((method !== STORED && method !== DEFLATED) || packed === 0xffffffff) throw unreadable(`${file} (${name})`);
  const handle = await open(file);
  let start: number;
  try {
    const local = await bytesAt(handle, header, 30);
    start = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  if (packed === 0) return;
  const stored = createReadStream(file, { start, end: start + packed - 1 });
  try {
    // An error here appears when the unpacked data is read.
    const pieces = method === STORED ? stored : pipeline(stored, createInflateRaw(), () => {});
    yield* withinBounds(
      pieces as AsyncIterable<Buffer>,
      packed,
      () => new Error('it unpacks to far more than it holds'),
    );
  } catch (cause) {
    throw unreadable(`${file} (${name})`, cause);
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, position);
  return bytesRead === length ? bytes : Buffer.concat([bytes.subarray(0, bytesRead)], length);
}

function unreadable(file: string, cause?: unknown): SlopegateError {
  return new SlopegateError('TRAFFIC_INVALID', `${file} cannot be unpacked`, {
    cause,
    location: file,
    hint: 'unpack it yourself ("unzip"), and import the HAR file from the folder',
  });
}
