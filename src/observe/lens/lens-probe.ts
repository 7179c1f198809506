import { emptied, LENS_PAGES, liveHeap, question, readPage, unused, type Page } from '../../lens/index.js';
import type { LensSight, UncountedProgram } from '../../model/index.js';
import type { KernelFiles, SharedFile } from '../kernel-files.js';
import type { Probe, Sink } from '../probe.js';
import { present } from '../sample.js';

/** A file of counters that is open, and what it says. */
interface Found {
  readonly path: string;
  readonly file: SharedFile;
  readonly page: Page;
}

/**
 * Reads the counters that the lens keeps within one container, at every tick: the lowest live heap since the tick
 * before. Once a second it removes what ended programs have left.
 */
export function lensProbe(files: KernelFiles, sink: Sink): Probe {
  let root: string | null = null;
  return {
    up: (pid) => {
      root = `/proc/${pid}/root`;
      return true;
    },
    ready: async () => undefined,
    down: () => void (root = null),
    tick: (_second, first) => {
      if (root !== null) look(files, root, sink, first);
    },
    close: async () => void (root = null),
  };
}

function look(files: KernelFiles, root: string, sink: Sink, isTidyTime: boolean): void {
  const found = openPages(files, root);
  // Asked after the counters were read: who is not there any more has not counted since.
  const isAlive = livingIn(files, root);
  // Without its first process, the container is gone, and so is what it says of its processes.
  if (isAlive(1)) {
    sink.add(present({ live_bytes: heapAndQuestion(found, isAlive) ?? undefined }));
    if (isTidyTime) for (const one of found) tidy(files, one, isAlive);
  }
  for (const { file } of found) file.close();
}

/** Reads the lowest live heap since the last question, and asks the next question. */
function heapAndQuestion(found: readonly Found[], isAlive: (pid: number) => boolean): number | null {
  const heap = liveHeap(
    found.map(({ page }) => page),
    isAlive,
  );
  for (const one of found) write(one.file, [question(one.page)]);
  return heap;
}

/** The live heap of the container of a main process, at its lowest since it was read before; null if not counted. */
export function heapNow(files: KernelFiles, pid: number): number | null {
  const root = `/proc/${pid}/root`;
  const found = openPages(files, root);
  const isAlive = livingIn(files, root);
  const heap = isAlive(1) ? heapAndQuestion(found, isAlive) : null;
  for (const { file } of found) file.close();
  return heap;
}

/** The names that preload.c gives its files. */
const NAME = /^\d+-\d+$/;

/** The counters of every program of a container, by way of the files that its main process sees. */
function openPages(files: KernelFiles, root: string): readonly Found[] {
  const folder = root + LENS_PAGES;
  return (files.list(folder) ?? []).flatMap((name): Found[] => {
    const path = `${folder}/${name}`;
    const file = NAME.test(name) ? files.shared(path) : null;
    const page = file === null ? null : readPage((offset, length) => file.read(offset, length));
    if (file !== null && page !== null) return [{ path, file, page }];
    file?.close();
    return [];
  });
}

/** Whether a process of the container lives; each is looked for once. */
function livingIn(files: KernelFiles, root: string): (pid: number) => boolean {
  const known = new Map<number, boolean>();
  return (pid) => {
    const answer = known.get(pid) ?? files.readText(`${root}/proc/${pid}/stat`) !== null;
    known.set(pid, answer);
    return answer;
  };
}

/** Programs and forks that come and go would fill the memory of the container with files and places. */
function tidy(files: KernelFiles, { path, file, page }: Found, isAlive: (pid: number) => boolean): void {
  const free = unused(page, isAlive);
  if (free.length === page.processes.length) files.remove(path);
  else for (const place of free) write(file, emptied(place));
}

function write(file: SharedFile, patches: ReturnType<typeof emptied>): void {
  for (const { offset, bytes } of patches) file.write(offset, bytes);
}

/** Looks once at what runs in a container. */
export function seenIn(files: KernelFiles, pid: number): Omit<LensSight, 'service'> {
  const root = `/proc/${pid}/root`;
  const found = openPages(files, root);
  for (const { file } of found) file.close();
  const counted: string[] = [];
  const uncounted = new Map<string, UncountedProgram>();
  for (const own of (files.list(`${root}/proc`) ?? []).filter((name) => /^\d+$/.test(name)).map(Number)) {
    const command = files.readText(`${root}/proc/${own}/comm`)?.trim();
    if (command === undefined) continue;
    const page = found.map((one) => one.page).find(({ processes }) => processes.some((one) => one.pid === own));
    const other = found.find(({ path, page: { counts } }) => !counts && path.includes(`/${own}-`))?.page.allocator;
    if (page?.counts === true) counted.push(command);
    else uncounted.set(command, { command, allocator: other ?? null });
  }
  return { counted: [...new Set(counted)], uncounted: [...uncounted.values()] };
}
