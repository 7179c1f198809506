import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/**
 * The kernel's files under /proc and /sys/fs/cgroup, as far as an observer needs them. Every method answers null for
 * what is not there, not readable, or vanished between two reads: a container may end at any moment.
 */
export interface KernelFiles {
  readText(path: string): string | null;
  list(path: string): readonly string[] | null;
  /** Number of entries of a folder. */
  count(path: string): number | null;
  link(path: string): string | null;
  /** Bytes of a file. */
  size(path: string): number | null;
  /** A file that a container writes, too; null also for what is no plain file, such as a link that leads elsewhere. */
  shared(path: string): SharedFile | null;
  remove(path: string): void;
}

/** A file that is open for reading and writing. */
export interface SharedFile {
  /** Fewer bytes if the file is shorter. */
  read(offset: number, length: number): Buffer;
  write(offset: number, bytes: Buffer): void;
  close(): void;
}

/**
 * This host's own files. Reads are synchronous: a cgroup file costs 3–9 µs, less than handing it to a thread; `utf8`
 * is Node's fast path.
 */
export const hostFiles: KernelFiles = {
  readText: (path) => orNull(() => readFileSync(path, 'utf8')),
  list: (path) => orNull(() => readdirSync(path)),
  // Since Linux 6.2 the size of /proc/PID/fd is its number of entries; before, and elsewhere, it says nothing.
  count: (path) => orNull(() => (path.startsWith('/proc/') && statSync(path).size) || readdirSync(path).length),
  link: (path) => orNull(() => readlinkSync(path)),
  size: (path) => orNull(() => statSync(path).size),
  shared: (path) => orNull(() => openShared(path)),
  remove: (path) => void orNull(() => rmSync(path)),
};

function openShared(path: string): SharedFile {
  // Neither a link nor a pipe of the container's making may lead the reader astray.
  const file = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw new Error(`${path} is no file`);
  }
  return {
    read: (offset, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    },
    write: (offset, bytes) => void writeSync(file, bytes, 0, bytes.length, offset),
    close: () => closeSync(file),
  };
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
