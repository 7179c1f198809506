import { COUNTED, UNCOUNTED } from '../../seriesfiles/forms.js';
import { story, type Written } from '../../seriesfiles/story.js';
import { damagedText } from '../damage/text.js';
import type { FuzzInput, FuzzKind, RunAs } from '../input.js';
import type { Random } from '../random.js';

const SECONDS = 60;
const LEAK = 1024;
const MARGIN = 512;
export const FILES = ['b1.txt', 'b2.txt', 'c1.txt', 'c2.txt'];

/** Two replicates in one of the forms that `compare` reads: as they are, and with a candidate that leaks. */
interface Recorded {
  readonly form: string;
  readonly options: Readonly<Record<string, string | number>>;
  readonly files: ReadonlyMap<string, string>;
  readonly leaks: boolean;
}

const FLAGS: Readonly<Record<string, (value: string) => string[]>> = {
  intervalSeconds: (value) => ['--interval', `${value}s`],
  timeColumn: (value) => ['--time-column', value],
  metric: (value) => ['--metric', value],
};

/** The undamaged inputs, in every form. */
export function recordedSeries(): readonly Recorded[] {
  const forms: readonly (readonly [string, Written, Recorded['options']])[] = [
    ...COUNTED.map(([name, written]) => [name, written, {}] as const),
    ...UNCOUNTED,
  ];
  return forms.flatMap(([form, written, options]) =>
    [true, false].map((leaks): Recorded => {
      const textOf = (name: string, n: number): string =>
        written(story(leaks && n >= 2 ? LEAK : 0, n, { seconds: SECONDS }), name);
      return {
        form,
        leaks,
        options,
        files: new Map(FILES.map((name, n) => [name, textOf(name, n)])),
      };
    }),
  );
}

/** Now and then the whole command line is run. */
const FULL_EVERY = 400;

export function commandFor({ options }: Pick<Recorded, 'options'>): readonly string[] {
  const flags = Object.entries(options).flatMap(([name, value]) => FLAGS[name]!(String(value)));
  const arms = ['--baseline', ...FILES.slice(0, 2), '--candidate', ...FILES.slice(2)];
  return ['compare', ...arms, '--margin', `${MARGIN} B/request`, ...flags];
}

function runAs(recorded: Recorded, random: Random): RunAs {
  if (random.oneIn(FULL_EVERY)) return { as: 'command', argv: commandFor(recorded) };
  const { metric } = recorded.options;
  const compare = { marginBytesPerRequest: MARGIN, ...(metric === undefined ? {} : { metric: String(metric) }) };
  return { as: 'series', read: recorded.options, compare };
}

/** Less evidence than a PASS takes: of two replicates each is needed. */
const REMOVALS: Readonly<Record<string, (files: ReadonlyMap<string, string>, random: Random) => [string, string]>> = {
  'a file without contents': (_, random) => [random.pick(FILES), ''],
  'a copy of a file': (files, random) => {
    const [one, other] = random.pick([
      ['b1.txt', 'b2.txt'],
      ['c1.txt', 'c2.txt'],
      ['b1.txt', 'c1.txt'],
      ['b1.txt', 'c2.txt'],
    ] as const);
    return [one, files.get(other)!];
  },
  'half of a file': (files, random) => {
    const name = random.pick(FILES);
    const text = files.get(name)!;
    const half = Math.floor(text.length * 0.4);
    // Some documents have one line for a whole series: those are cut inside of it.
    const isOneRowALine = text.split('\n').length > SECONDS / 2;
    return [name, text.slice(0, isOneRowALine ? text.indexOf('\n', half) : half)];
  },
};

/** Series of two versions: what leaks never passes, and nothing passes of which the evidence is gone. */
export function series(): FuzzKind {
  const all = recordedSeries();
  return {
    name: 'series',
    make: (random): FuzzInput => {
      const recorded = random.pick(all);
      const { form, files, leaks } = recorded;
      const run = runAs(recorded, random);
      if (random.oneIn(8)) {
        const [way, remove] = random.pick(Object.entries(REMOVALS));
        // These rows come in an even order: the first of them are every second or third reading, and that may do.
        const mayPass = form === 'rows without order' && way === 'half of a file';
        return { files: new Map([...files, remove(files, random)]), run, mayPass, way };
      }
      const name = random.pick(FILES);
      const { text } = damagedText(files.get(name)!, random);
      return { files: new Map([...files, [name, text]]), run, mayPass: !leaks, way: form };
    },
  };
}
