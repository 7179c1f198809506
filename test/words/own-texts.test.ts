import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../../src/', import.meta.url);
/** Rooms that read what other programs say: Compose, and the YAML library. */
const READERS = new Set(['compose', 'trafficfiles']);
const ROOMS = readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !READERS.has(entry.name))
  .map(({ name }) => name);
/** Names of our own sentences. */
const TEXTS = 'sentence|sentences|detail|hint|advice|message|meaning|said|told';
const CUTS = 'includes|replace|replaceAll|match|matchAll|split|slice|startsWith|endsWith|search|indexOf|substring';
const MADE = 'say|tell|growth|amount|estimate|memory|duration|serialise';

const SEARCHED = new RegExp(String.raw`\b(${TEXTS})\b[\])]*[?!]?\.(${CUTS})\(`);
const TESTED = new RegExp(String.raw`\.(test|exec)\([^)]*\b(${TEXTS})\b`);
/** What was just put into words, cut again: `growth(…).split(`. */
const UNMADE = new RegExp(String.raw`\b(${MADE})\([^()]*\)\s*\.(${CUTS})\(`);

function filesIn(folder: URL): URL[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const url = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    return entry.isDirectory() ? filesIn(url) : [url];
  });
}

/** Lines that search, cut or rewrite one of our own texts. A list of statements may be sliced. */
function cutsIn(code: string): string[] {
  return code.split('\n').filter((line) => [SEARCHED, TESTED, UNMADE].some((pattern) => pattern.test(line)));
}

describe('nothing is decided by searching, cutting or rewriting our own sentences', () => {
  it.each(ROOMS)('in src/%s', (room) => {
    const found = filesIn(new URL(`${room}/`, SRC)).flatMap((file) =>
      cutsIn(readFileSync(file, 'utf8')).map((line) => `${file.pathname.slice(SRC.pathname.length)}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it('such lines would be found', () => {
    for (const line of [
      "if (guard.detail.includes('too short'))",
      "const open = service.sentence.replace(/\\.$/, '')",
      'const word = verdict.sentence?.slice(0, 4);',
      'if (/too short/.test(check.sentence))',
      "const large = growth(1, unit).startsWith('1 B ')",
    ])
      expect(cutsIn(line)).toEqual([line]);
    expect(cutsIn("if (statuses.includes('refuted')) return sentence;")).toEqual([]);
  });
});
