import { demangle } from './demangle.js';
import { functionAt, readElf, type ElfFile } from './elf.js';
import { readMaps, type Mapping } from './maps.js';
import { npmPackageOf, packageOf, type ContainerFiles } from './packages.js';

interface NamedFrame {
  /** Name of the function, or null where no symbol covers the address. */
  readonly name: string | null;
  /** Path of the file in the container; null for memory without a file. */
  readonly file: string | null;
}

export interface SymbolFiles extends ContainerFiles {
  readonly bytes: (path: string) => Buffer | null;
}

/** Names addresses of the processes of one container, and the packages of their files. */
interface Namer {
  frame(pid: number, address: bigint): NamedFrame;
  packageOf(file: string): string | null;
  /** For a file of JavaScript. */
  npmPackageOf(file: string): string | null;
}

/** @param files the files of the container, with its own /proc */
export function createNamer(files: SymbolFiles): Namer {
  const maps = remembered((pid: number): readonly Mapping[] => readMaps(files.text(`/proc/${pid}/maps`) ?? ''));
  const elfs = remembered((path: string): ElfFile | null => {
    const bytes = files.bytes(path);
    return bytes === null ? null : readElf(bytes);
  });
  const nameAt = remembered((place: string): string | null => {
    const end = place.indexOf(' ');
    const elf = elfs(place.slice(end + 1));
    const name = elf === null ? null : functionAt(elf, Number(place.slice(0, end)));
    return name === null ? null : demangle(name);
  });
  return {
    frame: (pid, address) => {
      // A return address is after the call. If the call ends its function, the address already belongs to the next one.
      const at = address - 1n;
      const mapping = maps(pid).find(({ from, to }) => at >= from && at < to);
      if (mapping === undefined) return { name: null, file: null };
      return { name: nameAt(`${Number(at - mapping.from) + mapping.offset} ${mapping.path}`), file: mapping.path };
    },
    packageOf: remembered((file: string) => packageOf(files, file)),
    npmPackageOf: remembered((file: string) => npmPackageOf(files, file)),
  };
}

function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key) as Value;
  };
}
