import { readFileSync } from 'node:fs';
import type { KernelFiles } from '../../src/observe/index.js';

/** Text of a recorded or written file. */
export function fixture(path: string): string {
  return readFileSync(new URL(`./fixtures/${path}`, import.meta.url), 'utf8');
}

export interface MemoryFiles extends KernelFiles {
  set(path: string, text: string): void;
}

/** Kernel files held in memory: path → text, and for links path → `-> target`. */
export function memoryFiles(initial: Readonly<Record<string, string>> = {}): MemoryFiles {
  const texts = new Map(Object.entries(initial));
  const list = (path: string): string[] | null => {
    const names = [...texts.keys()].flatMap((file) =>
      file.startsWith(`${path}/`) ? (file.slice(path.length + 1).split('/')[0] ?? []) : [],
    );
    return names.length === 0 ? null : [...new Set(names)];
  };
  return {
    readText: (path) => texts.get(path) ?? null,
    list,
    count: (path) => list(path)?.length ?? null,
    link: (path) => texts.get(path)?.replace(/^-> /, '') ?? null,
    size: (path) => texts.get(path)?.length ?? null,
    shared: () => null,
    set: (path, text) => void texts.set(path, text),
    remove: (path) => {
      for (const file of texts.keys()) if (file === path || file.startsWith(`${path}/`)) texts.delete(file);
    },
  };
}
