/**
 * What a rate, a later start, a longer window and more replicates each buy, from recorded runs of the same version
 * twice.
 *
 *   npm run build && node bench/levers.mjs RUN…
 *
 * Runs of the same rate are pooled. Each recorded pair is cut into shorter windows that begin later; printed are the
 * standard deviation of the
 * differences of slopes, the variance floor (what no replicates may claim to be below; `gate.prior: steps`), and the
 * leak above the margin that one
 * look at alpha 1 % finds with a probability of 80 % in so many minutes: bring-up, warm-up and waiting for the later
 * start included.
 */
import { parseArgs } from 'node:util';
import { readRecording } from '../dist/recording/index.js';
import { detectableExcess } from '../dist/procedure/design-power.js';
import { gatherEvidence } from '../dist/statistics/estimators/growth-evidence.js';
import { standardDeviation } from '../dist/statistics/numbers.js';
import { floorOf } from '../dist/statistics/estimators/variance-floor.js';
import { pairTrials } from '../dist/verdict/replicates.js';
import { rolesOf } from '../dist/verdict/roles.js';
import { decidingMetric, memorySubjects } from '../dist/verdict/subjects.js';

/** Seconds of bring-up, tear-down and idle time of one replicate. */
const OVERHEAD = 18;
const ALPHA = 0.01;
const LENGTHS = [40, 60, 90, 120, 180, 240, 300];
const STARTS = [0, 30, 60, 120, 180];
const REPLICATES = [3, 5];

const { positionals } = parseArgs({ allowPositionals: true });
const all = (await Promise.all(positionals.map(pairsOf))).flat();
for (const rate of [...new Set(all.map((pair) => pair.rate))].sort((a, b) => a - b))
  report(
    rate,
    all.filter((pair) => pair.rate === rate),
  );

/** The judged pairs of one run, with the memory of the first judged service. */
async function pairsOf(directory) {
  const { recording } = await readRecording(directory);
  const { scenario } = recording.manifest;
  const complete = pairTrials(recording).complete;
  const preparation = {
    axis: 'requests',
    warmup: scenario.experiment.warmup,
    interrupted: () => false,
    fewestRequests: 1_000,
  };
  const [subject] = memorySubjects(
    complete,
    rolesOf(complete, scenario.stack.unjudged),
    decidingMetric(complete),
    scenario,
    preparation,
  ).filter(({ judged }) => judged);
  const { rate } = scenario.traffic;
  const warmup = Math.max(scenario.experiment.warmup.seconds, scenario.experiment.warmup.requests / rate);
  return (subject?.replicates ?? []).map(({ pair, seconds }) => ({
    rate,
    warmup,
    seconds,
    pair,
    quantum: subject.quantum,
  }));
}

function report(rate, pairs) {
  const longest = Math.max(...pairs.map(({ seconds }) => seconds));
  const lengths = LENGTHS.filter((length) => length <= longest + 2);
  console.log(`\n## ${rate} requests/s, ${pairs.length} pairs, start after ${Math.round(pairs[0].warmup)} s of load\n`);
  print(
    [
      'window',
      'pairs',
      'sd of differences',
      'largest',
      'floor',
      ...REPLICATES.map((count) => `R${count}: found (minutes)`),
    ],
    lengths.map((length) => row(`${length} s`, pairs, 0, length)),
  );
  for (const length of lengths.filter((one) => one === 60 || one === 120)) {
    console.log('');
    const starts = STARTS.filter((start) => start + length <= longest + 2);
    print(
      [
        `${length} s, beginning later by`,
        'pairs',
        'sd of differences',
        'largest',
        'floor',
        ...REPLICATES.map((count) => `R${count}: found (minutes)`),
      ],
      starts.map((start) => row(`${start} s`, pairs, start, length)),
    );
  }
}

function row(name, pairs, start, length) {
  const long = pairs.filter(({ seconds }) => seconds + 2 >= start + length);
  const { differences, floor } = gatherEvidence(
    long.map(({ pair }) => ({
      baseline: cut(pair.baseline, start, length),
      candidate: cut(pair.candidate, start, length),
    })),
    long[0].quantum,
  );
  if (differences.length < 2) return [name, String(differences.length), '–', '–', '–', ...REPLICATES.map(() => '–')];
  const deviation = standardDeviation(differences);
  const least = floorOf(floor);
  const found = REPLICATES.map((replicates) => {
    const minutes = (replicates * (OVERHEAD + long[0].warmup + start + length)) / 60;
    const excess = detectableExcess({ replicates, alpha: ALPHA, deviation, floor: 0, known: least });
    return `${figure(excess)} (${minutes.toFixed(1)})`;
  });
  return [
    name,
    String(differences.length),
    figure(deviation),
    figure(Math.max(...differences.map(Math.abs))),
    figure(least),
    ...found,
  ];
}

/** This many seconds of a series, starting this many seconds after its first reading. */
function cut({ time, x, y }, start, length) {
  const kept = Array.from(time.keys()).filter((i) => time[i] >= time[0] + start && time[i] <= time[0] + start + length);
  const pick = (values) => Float64Array.from(kept, (i) => values[i]);
  return { time: pick(time), x: pick(x), y: pick(y) };
}

function figure(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function print(header, rows) {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  console.log(
    [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n'),
  );
}
