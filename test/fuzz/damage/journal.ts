import type { Random } from '../random.js';
import type { JournalLine, RunFiles } from '../recordings/run-files.js';
import { damageValue, numberLike } from './values.js';

type Lines = readonly JournalLine[];
type Change = (run: RunFiles, random: Random) => RunFiles;

const clone = <T>(value: T): T => structuredClone(value);
const isReading = ({ k }: JournalLine): boolean => k === 'r';

const onLines =
  (change: (lines: Lines, random: Random) => Lines): Change =>
  ({ manifest, lines }, random) => ({ manifest, lines: change(lines, random) });

/** One line, more often of those that are few than a reading. */
function anyLine(lines: Lines, random: Random): number {
  const few = [...lines.keys()].filter((at) => !isReading(lines[at]!));
  return random.oneIn(3) ? random.below(lines.length) : random.pick(few);
}

const trialsOf = (lines: Lines): string[] => lines.flatMap(({ k, t }) => (k === 'trial' && t !== undefined ? [t] : []));

/** Readings, changed together: of one trial, now and then of two or all where they only get fewer. */
function onSeries(change: (readings: Lines, random: Random) => Lines, fewer = false): Change {
  return onLines((lines, random) => {
    const [trial, other] = [random.pick(trialsOf(lines)), random.pick(trialsOf(lines))];
    const all = fewer && random.oneIn(4);
    const [one] = lines.filter((line) => isReading(line) && line.t === trial);
    const service = random.oneIn(2) ? null : one?.['s'];
    const its = (line: JournalLine): boolean =>
      isReading(line) &&
      (all || line.t === trial || (fewer && line.t === other)) &&
      (service === null || line['s'] === service);
    const places = [...lines.keys()].filter((at) => its(lines[at]!));
    const changed = change(clone(places.map((at) => lines[at]!)), random);
    const kept = lines.filter((_, at) => !places.includes(at));
    return [...kept.slice(0, places[0] ?? 0), ...changed, ...kept.slice(places[0] ?? 0)];
  });
}

const eachReading = (change: (reading: Reading, index: number, random: Random) => void): Change =>
  onSeries((readings, random) => {
    const [every, from] = [1 + random.below(4), random.below(readings.length)];
    readings.forEach((reading, index) => {
      if (index >= from && index % every === 0) change(reading as Reading, index, random);
    });
    return readings;
  });

type Reading = JournalLine & { e: number; n: number; m: (number | null)[]; d: (number | null)[] };

/** An event of any kind, well formed, anywhere. */
function madeEvent(lines: Lines, random: Random): JournalLine {
  const [t, service] = [random.pick(trialsOf(lines)), random.pick(['waf', 'api', 'WAF', 'constructor', 'origin'])];
  const at = { time: random.below(50) - 5 + 0.5, requests: random.below(2000) };
  const kind = random.pick(['oom-kill', 'exit', 'restart', 'process-replaced', 'vanished']);
  const point = { time: random.below(40), requests: random.below(1800) };
  return random.pick<JournalLine>([
    { k: 'event', t, kind, service, container: 1 + random.below(2), ...at, detail: 'by the fuzzer' },
    { k: 'log', t, service, container: 1, ...at, text: 'last words\u001B[2J' },
    { k: 'end', t, failure: random.oneIn(2) ? null : 'the replay failed' },
    { k: 'phase', t, name: random.pick(['warmup', 'window', 'idle']), from: point, to: { ...point, time: 99 } },
    { k: 'origin', t, requests: random.below(3000), digest: 'def' },
    { k: 'action', t, name: 'reload', service, due: 500, sent: 500, ...at, seconds: 1, failure: null },
    { k: 'note', text: '</script>\u202E' },
    { k: 'asked', lines: { '3': 'GET /', ['9'.repeat(20)]: 'x' } },
    { k: 'labels', names: ['__proto__'], of: 'eJwDAAAAAAE=' },
    { k: 'trial', t: random.pick(['r3-baseline', '__proto__', t]), ...madeTrial(random), startedAt: '' },
  ]);
}

const madeTrial = (random: Random) => ({
  arm: random.pick(['baseline', 'candidate']),
  replicate: random.pick([1, 2, 3, 1e6]),
  purpose: random.pick(['replicate', 'confirmation']),
});

/** Another name for a service, a trial, a label or a metric, wherever it stands. */
function renamed({ manifest, lines }: RunFiles, random: Random): RunFiles {
  const old = random.pick(['waf', 'api', 'r1-baseline', 'r2-candidate', 'get', 'unreclaimable_bytes', 'origin']);
  const name = random.pick(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', ' ', '</script>', 'stack']);
  const rename = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(old), JSON.stringify(name))) as T;
  return { manifest: random.oneIn(2) ? rename(manifest) : manifest, lines: rename(lines) };
}

function newerSchema({ manifest, lines }: RunFiles, random: Random): RunFiles {
  const schema = `slopegate.recording/${random.pick(['3', '9', '02', '', 'x'])}`;
  const both = random.below(3);
  return {
    manifest: both === 0 ? manifest : { ...manifest, schema },
    lines: both === 1 ? lines : lines.map((line) => (line.k === 'journal' ? { ...line, schema } : line)),
  };
}

/** Ways to change a recording by what it says, by name. A whole one is written from it afterwards. */
export const JOURNAL_WAYS: Readonly<Record<string, Change>> = {
  'field of a line': onLines((lines, random) => {
    const at = anyLine(lines, random);
    const line = clone(lines[at]!);
    for (let times = 1 + random.below(2); times > 0; times -= 1) damageValue(line, random);
    return lines.with(at, line);
  }),
  'lines gone': onLines((lines, random) => lines.toSpliced(anyLine(lines, random), 1 + random.below(3))),
  'line twice': onLines((lines, random) =>
    lines.toSpliced(random.below(lines.length), 0, lines[anyLine(lines, random)]!),
  ),
  'line elsewhere': onLines((lines, random) => {
    const at = anyLine(lines, random);
    return lines.toSpliced(at, 1).toSpliced(random.below(lines.length), 0, lines[at]!);
  }),
  'order of all lines': onLines((lines, random) =>
    random.oneIn(2) ? lines.toReversed() : lines.toSorted((a, b) => (a.t ?? '').localeCompare(b.t ?? '')),
  ),
  'event made up': onLines((lines, random) =>
    lines.toSpliced(1 + random.below(lines.length - 1), 0, madeEvent(lines, random)),
  ),
  'name with a meaning': renamed,
  'newer schema': newerSchema,
  'readings: memory': eachReading((reading, index, random) => {
    const value = random.pick([0, 1, 100, 4095, 4096, null, 2 ** 50, 30e6, index * 1e9]);
    reading.m = reading.m.map((old) => (old === null ? null : value));
    reading.d = reading.d.map(() => null);
  }),
  'readings: numbers': eachReading((reading, _, random) => {
    const place = random.below(reading.m.length + 2);
    if (place === 0) reading.e = numberLike(reading.e, random);
    else if (place === 1) reading.n = numberLike(reading.n, random);
    else reading.m[place - 2] = numberLike(reading.m[place - 2] ?? 1, random);
  }),
  'readings: requests': onSeries((readings, random) => {
    const factor = random.pick([0, 0.5, 2, 1e6, Number.NaN]);
    return readings.map((reading) => ({ ...reading, n: Number(reading['n']) * factor }));
  }),
  'readings: time': onSeries((readings, random) => {
    const [factor, shift] = [random.pick([0.1, 1, 10, 1e6]), random.pick([0, 0.5, 1000, -30])];
    return readings.map((reading) => ({ ...reading, e: Number(reading['e']) * factor + shift }));
  }),
  'readings: some gone': onSeries((readings, random) => {
    const [every, rest] = [2 + random.below(9), random.below(2)];
    return readings.filter((_, index) => (index % every === 0) === (rest === 0));
  }, true),
  'readings: a stretch gone': onSeries(
    (readings, random) => readings.toSpliced(random.below(readings.length), random.below(readings.length)),
    true,
  ),
  'readings: backwards': onSeries((readings) => readings.toReversed()),
  'readings: stuck': onSeries((readings, random) => {
    const from = random.below(readings.length);
    return readings.map((reading, at) => (at < from ? reading : { ...reading, m: readings[from]!['m'] }));
  }),
};

/** One trial's measurements under the name of another: a copy is no replicate. */
export function copyTrial({ manifest, lines }: RunFiles, random: Random): RunFiles {
  const trials = trialsOf(lines);
  const from = random.pick(trials);
  const to = random.pick(trials.filter((one) => one !== from));
  // What names the arm stays; all that was measured is the other's.
  const own = new Set(['trial', 'containers']);
  const its = lines.filter((line) => line.t === to && own.has(line.k));
  const copied = lines.filter((line) => line.t === from && !own.has(line.k)).map((line) => ({ ...line, t: to }));
  return { manifest, lines: [...lines.filter(({ t }) => t !== to), ...its, ...copied] };
}

export function damagedManifest({ manifest, lines }: RunFiles, random: Random): RunFiles {
  const changed = clone(manifest);
  for (let times = 1 + random.below(2); times > 0; times -= 1) damageValue(changed, random);
  return { manifest: changed, lines };
}
