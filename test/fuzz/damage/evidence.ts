import type { Random } from '../random.js';
import type { JournalLine, RunFiles } from '../recordings/run-files.js';

type Of = { readonly trial: string; readonly service: string };
type Removal = (lines: readonly JournalLine[], of: Of, random: Random) => readonly JournalLine[];

const readingOf = ({ k, t, s }: JournalLine & { s?: unknown }, { trial, service }: Of): boolean =>
  k === 'r' && t === trial && s === service;

const withoutLine =
  (kind: string, more: (line: JournalLine) => boolean = () => true): Removal =>
  (lines, { trial }) =>
    lines.filter((line) => !(line.k === kind && line.t === trial && more(line)));

/** Keeps those readings of one service in one trial for which `keep` is true; seconds count from 1. */
const keeping =
  (keep: (second: number, line: JournalLine, random: Random) => boolean): Removal =>
  (lines, of, random) =>
    lines.filter((line) => !readingOf(line, of) || keep(Number(line['e']), line, random));

const onReadings =
  (change: (line: JournalLine) => JournalLine): Removal =>
  (lines, of) =>
    lines.map((line) => (readingOf(line, of) ? change(line) : line));

/** Ways to take evidence away that a PASS needs, by name. Each leaves a recording that can be read. */
const REMOVALS: Readonly<Record<string, Removal>> = {
  'all readings': keeping(() => false),
  'a third of the readings': keeping((second) => second < 10 || second > 22),
  'every third reading': keeping((second) => second % 3 !== 0),
  'the last readings': keeping((second) => second < 26),
  'the first readings': keeping((second) => second > 12),
  'memory of all readings': onReadings((line) => ({ ...line, m: (line['m'] as null[]).map(() => null) })),
  'requests of all readings': onReadings((line) => ({ ...line, n: 0 })),
  'the replay': withoutLine('replay'),
  'the window': withoutLine('phase', ({ name }) => name === 'window'),
  'the list of containers': withoutLine('containers'),
  'the end': withoutLine('end'),
  'a whole trial': (lines, { trial }) => lines.filter(({ t }) => t !== trial),
  'statuses of the answers': (lines, { trial }) =>
    lines.map((line) =>
      line.k === 'replay' && line.t === trial
        ? { ...line, result: { ...(line['result'] as object), statuses: '' } }
        : line,
    ),
  'what the origin saw': (lines, of) => withoutLine('origin')(lines, of, undefined as never),
  'one container of a service': (lines, { trial }) =>
    lines.filter((line) => !(readingOf(line, { trial, service: 'api' }) && line['c'] === 2)),
};

/** What was taken away, and what is left. Removals that find nothing to remove are not tried. */
export function withoutEvidence({ manifest, lines }: RunFiles, random: Random): { run: RunFiles; way: string } {
  for (;;) {
    const way = random.pick(Object.keys(REMOVALS));
    const trials = lines.flatMap(({ k, t }) => (k === 'trial' && t !== undefined ? [t] : []));
    const services = new Set(lines.flatMap((line) => (line.k === 'r' && line['s'] !== 'origin' ? [line['s']] : [])));
    const of = { trial: random.pick(trials), service: random.pick([...services] as string[]) };
    const left = REMOVALS[way]!(lines, of, random);
    if (left.length < lines.length || left.some((line, at) => line !== lines[at])) {
      return { run: { manifest, lines: left }, way };
    }
  }
}
