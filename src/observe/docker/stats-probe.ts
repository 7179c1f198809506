import type { Probe, Sink } from '../probe.js';
import type { Timers } from '../ticker.js';
import type { ContainerClient } from './client.js';
import { reopening } from './reopening.js';
import { parseStats } from './parse-stats.js';

/**
 * Reads a container through Docker's stats stream, which continues through stops and starts. A broken stream is opened
 * again.
 */
export function statsProbe(client: ContainerClient, timers: Timers, containerId: string, sink: Sink): Probe {
  let running = true;
  const onDocument = (document: unknown): void => {
    const sample = running ? parseStats(document) : null;
    if (sample !== null) sink.add(sample);
  };
  const kept = reopening(timers, () => client.stats(containerId, onDocument));

  return {
    up: () => (running = true),
    ready: async () => undefined,
    down: () => void (running = false),
    tick: () => undefined,
    close: () => kept.close(),
  };
}
