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

/** Half of the window: what comes after it can be hidden. */
const HALF = 18;

/** What a container's memory was at half time, for the rest of the window: whoever reads it got stuck. */
const stuck: Removal = (lines, of) => {
  const held = new Map<unknown, unknown>();
  return lines.map((line) => {
    if (!readingOf(line, of) || Number(line['e']) < HALF) return line;
    if (!held.has(line['c'])) held.set(line['c'], line['m']);
    return { ...line, m: held.get(line['c']) };
  });
};

const inReplay =
  (changes: object): Removal =>
  (lines, { trial }) =>
    lines.map((line) =>
      line.k === 'replay' && line.t === trial
        ? { ...line, result: { ...(line['result'] as object), ...changes } }
        : line,
    );

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
  'statuses of the answers': inReplay({ statuses: '' }),
  'counts of the answers': inReplay({ counts: { get: { 502: 720 } } }),
  'when requests left': inReplay({ lateness: { p50: 0, p99: 0, max: 1e9 } }),
  'all readings after half time, by the last one again': stuck,
  'the process at half time, without an event': onReadings((line) =>
    Number(line['e']) < HALF
      ? line
      : {
          ...line,
          m: (line['m'] as (number | null)[]).map((value) => (value === null ? null : Math.round(value / 15))),
        },
  ),
  'the order of the phases': (lines, { trial }) =>
    lines.map((line) =>
      line.k === 'phase' && line.t === trial ? { ...line, from: line['to'], to: line['from'] } : line,
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
