import type { HeapUnread } from '../model/index.js';

const GLIBC = /\/libc(-2\.\d+)?\.so(\.6)?$/m;
const OTHERS = /\/lib((?:jemalloc|tcmalloc|mimalloc|hoard|rpmalloc|snmalloc)[^/\n]*?)\.so[^/\n]*$/m;

/** Where the machine of a 64-bit ELF file stands, and those whose heaps are laid out as heap.ts reads them. */
const MACHINE_AT = 18;
const X86_64 = 62;
const ARM_64 = 183;

type Unread = Pick<HeapUnread, 'reason' | 'detail'>;

/**
 * Why the heap of a process is none that can be read; null if it can.
 * @param maps the text of /proc/PID/maps or smaps
 * @param program the first bytes of its program
 */
export function unreadableHeap(maps: string, program: Buffer): Unread | null {
  const paths = maps.replaceAll(/^.* (?=\/)/gm, '');
  const [, other] = OTHERS.exec(paths) ?? [];
  if (other !== undefined) return { reason: 'other-allocator', detail: other };
  if (!GLIBC.test(paths)) return { reason: 'no-glibc', detail: null };
  const is64 = program.length > MACHINE_AT + 1 && program[4] === 2 && program[5] === 1;
  const isKnown = is64 && [X86_64, ARM_64].includes(program.readUInt16LE(MACHINE_AT));
  return isKnown ? null : { reason: 'other-machine', detail: null };
}
