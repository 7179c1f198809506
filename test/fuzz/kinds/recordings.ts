import { withoutEvidence } from '../damage/evidence.js';
import { copyTrial, damagedManifest, JOURNAL_WAYS } from '../damage/journal.js';
import { damagedText } from '../damage/text.js';
import { FOLDER, type FuzzInput, type FuzzKind, type RunAs } from '../input.js';
import type { Random } from '../random.js';
import { BASE_RUNS, writeBase, type BaseRun } from '../recordings/base-run.js';
import { writeSealed, writeUnsealed, type RunFiles, type WrittenRun } from '../recordings/run-files.js';

interface Base extends BaseRun {
  readonly files: RunFiles;
}

function bases(): readonly Base[] {
  return BASE_RUNS.map((base) => ({ ...base, files: writeBase(base) }));
}

/** Some of the inputs go through the whole command line, reports and all. */
const FULL_EVERY = 400;

function inputOf(files: WrittenRun, mayPass: boolean, way: string, random: Random): FuzzInput {
  const run: RunAs = random.oneIn(FULL_EVERY) ? { as: 'command', argv: ['analyze', FOLDER] } : { as: 'recording' };
  return { files, run, mayPass, way };
}

/** One of the two files with a few things wrong in it. */
function textDamaged(files: WrittenRun, random: Random): { readonly files: WrittenRun; readonly way: string } {
  const name = random.oneIn(4) ? 'manifest.json' : 'journal.ndjson';
  const { text, way } = damagedText(files.get(name)!, random);
  return { files: new Map([...files, [name, text]]), way: `${name}: ${way}` };
}

/** A sealed recording, damaged as files are damaged: whatever it was, it never passes. */
export function sealedRecordings(): FuzzKind {
  const sealed = bases().map(({ files }) => writeSealed(files));
  return {
    name: 'sealed recordings',
    make: (random) => {
      const { files, way } = textDamaged(random.pick(sealed), random);
      return inputOf(files, false, way, random);
    },
  };
}

/** A recording without a seal, damaged as files are damaged: what did not pass never passes. */
export function unsealedRecordings(): FuzzKind {
  const unsealed = bases().map((base) => ({ ...base, written: writeUnsealed(base.files) }));
  return {
    name: 'recordings without a seal',
    make: (random) => {
      const { written, passes } = random.pick(unsealed);
      const { files, way } = textDamaged(written, random);
      return inputOf(files, passes || way.startsWith('manifest'), way, random);
    },
  };
}

const OTHER_NUMBERS = ['readings: memory', 'readings: numbers', 'readings: stuck'];

/** A recording that says something else and is sealed anew, so that the code behind the seal is reached. */
export function resealedRecordings(): FuzzKind {
  const all = bases();
  const write = (run: RunFiles, random: Random): WrittenRun =>
    random.oneIn(2) ? writeSealed(run) : writeUnsealed(run);
  return {
    name: 'resealed recordings',
    make: (random) => {
      const { files, passes, fdLeak } = random.pick(all);
      const [way, change] = random.pick(Object.entries(JOURNAL_WAYS));
      if (random.oneIn(8)) return inputOf(write(damagedManifest(files, random), random), true, 'manifest', random);
      // Other numbers in one of two replicates: a count beside memory decides nothing then, and need not.
      const isForged = fdLeak > 0 && OTHER_NUMBERS.includes(way);
      return inputOf(write(change(files, random), random), passes || isForged, way, random);
    },
  };
}

/** Evidence is taken away, or one trial stands for two: nothing of that passes. */
export function recordingsWithoutEvidence(): FuzzKind {
  const all = bases();
  return {
    name: 'recordings without evidence',
    make: (random) => {
      const { files } = random.pick(all);
      const isCopy = random.oneIn(6);
      const { run, way } = isCopy
        ? { run: copyTrial(files, random), way: 'a copy of a trial' }
        : withoutEvidence(files, random);
      const [, change] = random.pick(Object.entries(JOURNAL_WAYS));
      const more = random.oneIn(4) ? change(run, random) : run;
      // Without a seal, one trial in two different pairs is reported and may pass.
      const isSealed = isCopy || random.oneIn(2);
      return inputOf(isSealed ? writeSealed(more) : writeUnsealed(more), false, way, random);
    },
  };
}
