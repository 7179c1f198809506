import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { calibrationOf, sameVersionTwice } from '../../src/calibration/calibrate.js';
import { calibrationKey } from '../../src/calibration/key.js';
import { findCalibration, saveCalibration, stateFolder } from '../../src/calibration/store.js';
import { noiseFrom } from '../../src/run/noise-of.js';
import type { ContainerFacts, HostFacts, Recording, Scenario } from '../../src/model/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { recordingOf, serviceWith, trialWith } from '../verdict/recordings.js';

const HOST: HostFacts = {
  os: 'Debian',
  kernel: '6.1',
  architecture: 'x86_64',
  cpus: 2,
  cpuModel: 'a processor',
  memoryBytes: 8e9,
  swapBytes: 0,
  cgroupVersion: 2,
  docker: '26',
  dockerApi: '1.45',
  compose: '2',
  node: 'v20',
  slopegate: '0.1.0',
};
const MADE = new Date('2026-01-02T03:04:05Z');
const scenario = await loadScenario('scenarios/modsecurity-crs/upgrade.yaml');

/** Pairs of which the candidate grows by so many bytes per request more. */
function equalPairs(differences: readonly number[], imageId: string = 'sha256:a'): Recording {
  const containers: ContainerFacts[] = [
    { service: 'waf', container: 1, image: 'waf', imageId, versions: {}, memoryLimitBytes: null, cpus: null },
  ];
  const grows = (slope: number) => [
    serviceWith('waf', 260, { unreclaimable_bytes: (_, requests) => 3e7 + slope * requests }),
  ];
  return recordingOf(
    differences.flatMap((difference, i) => [
      trialWith('baseline', i + 1, grows(5), { containers }),
      trialWith('candidate', i + 1, grows(5 + difference), { containers }),
    ]),
  );
}

describe('a calibration', () => {
  it('contains the spread of the differences, by role and length of the window', () => {
    const { scatter, replicates, images } = calibrationOf(equalPairs([-4, 0, 4]), 'key', scenario, MADE);
    expect({ replicates, images }).toEqual({ replicates: 3, images: { waf: 'sha256:a' } });
    expect(Object.keys(scatter)).toEqual(['waf']);
    expect(scatter['waf']?.map(({ seconds, requests }) => [seconds, requests])).toEqual([
      [50, 3675],
      [100, 7425],
      [199, 14_925],
    ]);
    for (const { deviation, differences } of scatter['waf'] ?? []) {
      expect(deviation).toBeCloseTo(4, 6);
      expect(differences).toEqual([-4, 0, 4].map((value) => expect.closeTo(value, 6)));
    }
  });

  it('needs two replicates', () => {
    expect(() => calibrationOf(equalPairs([1]), 'key', scenario, MADE)).toThrow('two usable replicates');
  });

  it('gives a plan its noise', () => {
    const noise = noiseFrom(calibrationOf(equalPairs([-4, 0, 4]), 'key', scenario, MADE));
    expect(noise).toMatchObject({
      calibrated: true,
      source: 'calibrated: 3 pairs of the baseline on this host, 2026-01-02',
    });
    expect(noise.at(100)).toBeCloseTo(4, 6);
    expect(noise.at(1000)).toBeLessThan(4);
    expect(noiseFrom(calibrationOf(equalPairs([0, 0, 0]), 'key', scenario, MADE)).at(100)).toBe(0);
  });

  it('runs the baseline on both arms, up to the last replicate', () => {
    const twice = sameVersionTwice(scenario, 6);
    expect(twice.arms.candidate).toEqual({
      ...scenario.arms.baseline,
      label: `${scenario.arms.baseline.label}, again`,
    });
    expect([twice.name, twice.experiment.looks, twice.gate.confirm]).toEqual([
      'modsecurity-crs-upgrade-calibration',
      [6],
      'never',
    ]);
  });
});

describe('its key', () => {
  const key = (changes: Partial<Scenario> = {}, host: Partial<HostFacts> = {}) =>
    calibrationKey({ ...scenario, ...changes }, { host: { ...HOST, ...host } });

  it('depends on the host, the baseline, the traffic, the limits, the memory source and the actions', async () => {
    const { baseline, candidate } = scenario.arms;
    const others = await Promise.all([
      key({}, { kernel: '6.2' }),
      calibrationKey(scenario, { host: HOST, candidateHost: HOST }),
      key({ arms: { baseline: { ...baseline, environment: { SUITE: 'forky' } }, candidate } }),
      key({ traffic: { ...scenario.traffic, rate: 80 } }),
      key({ stack: { ...scenario.stack, limits: { memoryBytes: 5e8, cpus: 1 } } }),
      key({ observe: { source: 'stats', sidecar: false } }),
      key({
        experiment: {
          ...scenario.experiment,
          actions: [
            {
              at: { of: 'window', value: 0.5 },
              every: null,
              step: { kind: 'signal', service: 'waf', signal: 'HUP', name: 'reload', timeoutSeconds: 60 },
            },
          ],
        },
      }),
    ]);
    expect(new Set([await key(), ...others]).size).toBe(8);
  });

  it('depends on the content of a recording', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slopegate-key-'));
    const file = join(folder, 'shop.ndjson');
    const keyOfFile = () =>
      key({
        traffic: {
          ...scenario.traffic,
          sources: [{ kind: 'corpus', file, weight: 1, label: null, expect: {}, order: 'recorded' }],
        },
      });
    await expect(keyOfFile()).rejects.toMatchObject({ code: 'TRAFFIC_INVALID' });
    const keys: string[] = [];
    for (const content of ['a', 'a', 'b']) {
      await writeFile(file, content);
      keys.push(await keyOfFile());
    }
    expect([keys[1] === keys[0], keys[2] === keys[0]]).toEqual([true, false]);
    await rm(folder, { recursive: true });
  });

  it('does not depend on the candidate, the margin, the window or the version of slopegate', async () => {
    const { baseline, candidate } = scenario.arms;
    const same = await Promise.all([
      key({ name: 'another', arms: { baseline, candidate: { ...candidate, label: 'else' } } }),
      key({ gate: { ...scenario.gate, marginBytesPerRequest: 1 } }),
      key({ experiment: { ...scenario.experiment, looks: [6], window: { requests: 1, seconds: 900 } } }),
      key(sameVersionTwice(scenario, 6)),
      key({}, { slopegate: '9', node: 'v24' }),
    ]);
    expect(new Set([await key(), ...same]).size).toBe(1);
  });
});

describe('the store', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slopegate-state-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('returns what was stored, and nothing if the file cannot be read', async () => {
    const calibration = calibrationOf(equalPairs([-4, 0, 4]), 'k1', scenario, MADE);
    const path = saveCalibration(folder, calibration);
    expect(await findCalibration(folder, 'k1')).toEqual(calibration);
    expect(await findCalibration(folder, 'k2')).toBeNull();
    await writeFile(path, (await readFile(path, 'utf8')).replace('calibration/1', 'calibration/2'));
    expect(await findCalibration(folder, 'k1')).toBeNull();
    await writeFile(path, '{');
    expect(await findCalibration(folder, 'k1')).toBeNull();
  });

  test.each([
    [{ SLOPEGATE_HOME: '/s' }, '/s'],
    [{ XDG_STATE_HOME: '/x' }, '/x/slopegate'],
    [{ SLOPEGATE_HOME: '', XDG_STATE_HOME: '' }, '/home/me/.local/state/slopegate'],
  ])('with %j the folder is %s', (env, expected) => {
    expect(stateFolder({ env, home: '/home/me' })).toBe(expected);
  });
});
