import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRICS, type Metric } from '../../src/model/index.js';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { encodeReading } from '../../src/journal/lines/encode-reading.js';
import { sealer } from '../../src/journal/seal/seal.js';
import { manifest, temporaryFolder, trial } from './samples.js';

test(
  '200 000 readings are read as a stream: memory holds the columns, not the lines',
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.trialStarted(trial(), '');
    const path = join(run.directory, 'journal.ndjson');
    const seal = sealer();
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n'))
      expect(seal(line.replace(/,"i":\d+,"x":"\w+"\}$/, '}'))).toBe(line);
    const services = 10;
    let bytes = 0;
    for (let time = 1; time <= 20_000; time += 1) {
      let batch = '';
      for (let service = 0; service < services; service += 1) {
        const minimum = Object.fromEntries(
          METRICS.map((metric, place) => [metric, 40_000_000 + place * time]),
        ) as Record<Metric, number>;
        const one = { service: `s${service}`, container: 1, time, requests: time * 75, minimum, median: minimum };
        batch += `${seal(encodeReading('r1-baseline', one))}\n`;
      }
      bytes += batch.length;
      appendFileSync(path, batch);
    }
    expect(bytes / 200_000).toBeLessThan(340);

    const wanted: Metric[] = ['unreclaimable_bytes', 'anon_bytes'];
    const before = process.memoryUsage().arrayBuffers;
    const { recording, warnings } = await readRecording(run.directory, { metrics: wanted });
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(warnings).toEqual([]);
    expect(recording.trials[0]?.services).toHaveLength(services);
    expect(recording.trials[0]?.services.at(-1)?.minimum.anon_bytes?.at(-1)).toBe(40_020_000);
    // Time, requests, and minimum and median of two metrics, 32 bits each: 24 bytes a reading; the chunks they grew in
    // may still be there.
    expect(grown).toBeLessThan(3 * 24 * 200_000);
  },
);
