import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../recording/samples.js';
import type { FuzzInput } from './input.js';
import { fuzzKinds } from './kinds/index.js';
import { commandFor, recordedSeries } from './kinds/series.js';
import { randomFrom } from './random.js';
import { BASE_RUNS, writeBase } from './recordings/base-run.js';
import { writeSealed, writeUnsealed } from './recordings/run-files.js';
import { tryInput } from './try-input.js';

/** A few inputs of each kind; the gate tries them for a minute more, and `npm run fuzz` a million. */
const INPUTS = 60;
const ROOT = new URL('../../', import.meta.url).pathname;

const wrongWith = async (input: FuzzInput): Promise<string | null> => {
  using folder = temporaryFolder();
  return await tryInput(input, folder.path);
};

describe('what is damaged is as it says when it is whole', () => {
  test.each(BASE_RUNS)('$name', async (base) => {
    for (const write of [writeSealed, writeUnsealed]) {
      const whole: FuzzInput = {
        files: write(writeBase(base)),
        run: { as: 'recording' },
        mayPass: false,
        way: 'whole',
      };
      expect(await wrongWith(whole)).toBe(base.passes ? 'PASS' : null);
    }
  });

  test.each(recordedSeries())('series: $form, leaks: $leaks', async (recorded) => {
    const run = { as: 'command', argv: commandFor(recorded) } as const;
    const whole: FuzzInput = { files: recorded.files, run, mayPass: false, way: 'whole' };
    expect(await wrongWith(whole)).toBe(recorded.leaks ? null : 'PASS');
  });
});

describe('damaged inputs', () => {
  test.each(fuzzKinds(ROOT).map(([kind]) => [kind.name, kind] as const))('%s', async (_, kind) => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= INPUTS; seed += 1) {
      const input = kind.make(randomFrom(seed));
      const what = await wrongWith(input);
      if (what !== null) wrong.push(`seed ${seed}, ${input.way}: ${what}`);
    }
    expect(wrong).toEqual([]);
  });

  test('an unexpected error is reported', async () => {
    const notRead: FuzzInput = { files: new Map(), run: { as: 'recording' }, mayPass: true, way: 'nothing' };
    expect(await wrongWith(notRead)).toBeNull();
    const files = new Map<string, string>();
    files.get = () => {
      throw new TypeError('nobody expected this');
    };
    const throws: FuzzInput = { ...notRead, files };
    expect(await wrongWith(throws)).toMatch(/^INTERNAL: /);
  });
});
