import type { Calibration, Context, Scenario } from '../model/index.js';
import { calibrationKey } from '../calibration/key.js';
import { findCalibration, stateFolder } from '../calibration/store.js';
import { openDocker } from './docker.js';
import { inspectHosts } from './hosts.js';
import { measuredNoise, typicalNoise, type Noise } from '../planning/noise.js';

/**
 * The noise of this scenario on this host: as calibrated, otherwise typical values. Docker is only asked which host it
 * runs on. Without Docker there is no calibration.
 */
export async function noiseOf(scenario: Scenario, context: Context): Promise<Noise> {
  const calibration = await storedCalibration(scenario, context).catch(() => null);
  return calibration === null ? typicalNoise() : noiseFrom(calibration);
}

async function storedCalibration(scenario: Scenario, context: Context): Promise<Calibration | null> {
  await using session = await openDocker(context, scenario);
  return findCalibration(
    stateFolder(context),
    await calibrationKey(scenario, await inspectHosts(session.daemons, scenario)),
  );
}

/** The noisiest judged service decides what a plan can promise. */
export function noiseFrom({ scatter, replicates, madeAt }: Calibration): Noise {
  const points = Object.values(scatter)
    .map((all) => all.filter(({ deviation }) => deviation > 0))
    .filter(({ length }) => length > 0);
  const services = points.map((some) => measuredNoise(some, ''));
  const source = `calibrated: ${replicates} pairs of the baseline on this host, ${madeAt.slice(0, 10)}`;
  return { calibrated: true, source, at: (seconds) => Math.max(0, ...services.map((noise) => noise.at(seconds))) };
}
