import type { Page, PageProcess } from './page.js';

/**
 * The live heap of a container in bytes, from the counters of all its programs. A fork counts what it did itself, so
 * the heap of the process that it was forked from counts as long as the fork lives.
 * @param isAlive whether a process of the container is there still
 * @returns null if a part is not counted: half a heap is not the heap
 */
export function liveHeap(pages: readonly Page[], isAlive: (pid: number) => boolean): number | null {
  const counted = new Set<PageProcess>();
  for (const { page, process } of currentOf(pages, isAlive))
    for (const one of lineOf(page, process)) {
      if (!page.counts || page.missed > 0) return null;
      counted.add(one);
    }
  return counted.size === 0 ? null : [...counted].reduce((sum, { low }) => sum + low, 0);
}

/** Places whose processes have ended, and that no living fork comes from. */
export function unused(page: Page, isAlive: (pid: number) => boolean): readonly number[] {
  const used = new Set(page.processes.filter(({ pid }) => isAlive(pid)).flatMap((process) => lineOf(page, process)));
  return page.processes.filter((process) => !used.has(process)).map(({ place }) => place);
}

interface Current {
  readonly page: Page;
  readonly process: PageProcess;
}

/** Where each living process counts now: a process that executed another program has left its former place. */
function currentOf(pages: readonly Page[], isAlive: (pid: number) => boolean): Iterable<Current> {
  const current = new Map<number, Current>();
  for (const page of [...pages].sort((a, b) => Number(a.started - b.started)))
    for (const process of page.processes) {
      const known = current.get(process.pid);
      const isLater = known === undefined || process.place === 0 || known.process.place !== 0;
      if (isLater && isAlive(process.pid)) current.set(process.pid, { page, process });
    }
  return current.values();
}

/** A process and those that it descends from, within its program. */
function lineOf({ processes }: Page, process: PageProcess): readonly PageProcess[] {
  const line = [process];
  for (let last = process; last.parent !== last.place;) {
    const parent = processes.find(({ place }) => place === last.parent);
    if (parent === undefined || line.includes(parent)) break;
    line.push(parent);
    last = parent;
  }
  return line;
}
