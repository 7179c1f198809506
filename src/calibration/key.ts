import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { digestOfRecordings } from '../corpus/index.js';
import type { HostFacts, Manifest, Scenario } from '../model/index.js';

/**
 * Digest of everything that a calibration depends on: the host or both hosts, today's version (its compose files and
 * variables), the traffic with the content of its recordings, the limits, how memory is read, what is done under load
 * and how the arms are run. The candidate, the margin, the length of the window and the number of replicates are not
 * part of it.
 */
export async function calibrationKey(
  { arms: { baseline }, stack, observe, traffic, experiment }: Scenario,
  { host, candidateHost }: Pick<Manifest, 'host' | 'candidateHost'>,
): Promise<string> {
  const compose = await Promise.all(baseline.compose.map((path) => readFile(path, 'utf8')));
  const recordings = await digestOfRecordings(traffic);
  const what = {
    host: identity(host),
    ...(candidateHost ? { candidateHost: identity(candidateHost) } : {}),
    baseline: { compose, environment: Object.entries(baseline.environment).sort(([a], [b]) => (a < b ? -1 : 1)) },
    stack,
    ...(observe === undefined || observe.source === 'auto' ? {} : { source: observe.source }),
    traffic,
    ...(recordings === null ? {} : { recordings }),
    experiment: {
      order: experiment.order,
      warmup: experiment.warmup,
      ...(experiment.actions === undefined ? {} : { actions: experiment.actions }),
    },
  };
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
}

function identity(host: HostFacts | null): readonly unknown[] {
  return host === null
    ? []
    : [
        host.os,
        host.kernel,
        host.architecture,
        host.cpus,
        host.cpuModel,
        host.memoryBytes,
        host.cgroupVersion,
        host.docker,
      ];
}
