import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { SlopegateError } from '../model/index.js';
import { HISTORY_SCHEMA, type HistoryEntry } from './entry.js';

/** Between an entry and its checksum. An entry has no tab: `JSON.stringify` writes `\t` for it inside of texts. */
const SEPARATOR = '\t';

/** The file with the history. @param folder where slopegate keeps what it learnt on this machine */
export function historyFile(folder: string): string {
  return join(folder, 'history.ndjson');
}

/**
 * Adds an entry: one line with its checksum, in one write at the end of the file. So two processes can add at the same
 * time. If a process is killed while it writes, its half line has no valid checksum and is left out by readers; the
 * line end before each entry separates it from the next one.
 * @throws SlopegateError DISK
 */
export function addToHistory(file: string, entry: HistoryEntry): void {
  const text = JSON.stringify(entry);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const open = openSync(file, 'a');
    try {
      const line = Buffer.from(`\n${text}${SEPARATOR}${checksum(text)}\n`);
      // A disk that is nearly full takes a part of the line.
      if (writeSync(open, line) < line.length) throw new Error('the disk is full');
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
  } catch (because) {
    throw new SlopegateError('DISK', `Cannot write ${file}`, {
      because,
      hint: 'Set SLOPEGATE_HOME to a folder that you may write to.',
    });
  }
}

/** What a history file has. */
export interface History {
  /** By the time at which the runs began. A run that was judged twice has its last verdict. */
  readonly entries: readonly HistoryEntry[];
  /** Numbers of lines that cannot be read. */
  readonly damaged: readonly number[];
}

/** Reads a history; one that was never written is empty. @throws SlopegateError DISK */
export async function readHistory(file: string): Promise<History> {
  const text = await readFile(file, 'utf8').catch((because: NodeJS.ErrnoException) => {
    if (because.code === 'ENOENT') return '';
    throw new SlopegateError('DISK', `Cannot read ${file}`, {
      because,
      hint: 'Check its permissions, or set SLOPEGATE_HOME.',
    });
  });
  const byRun = new Map<string, HistoryEntry>();
  const damaged: number[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const entry = entryOf(line);
    if (entry === null) damaged.push(place + 1);
    else byRun.set(entry.runId, entry);
  }
  const entries = [...byRun.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return { entries, damaged };
}

function entryOf(line: string): HistoryEntry | null {
  const [text = '', sum, ...more] = line.split(SEPARATOR);
  if (sum !== checksum(text) || more.length > 0) return null;
  // The checksum is right, so this is an entry that slopegate wrote.
  const entry = JSON.parse(text) as { readonly schema: string };
  return entry.schema === HISTORY_SCHEMA ? (entry as HistoryEntry) : null;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
