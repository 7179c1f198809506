import type { Probe } from './probe.js';

/** Several probes of one container. Each one reads what the others do not. */
export function together(probes: readonly Probe[]): Probe {
  return {
    up: (pid) => probes.map((probe) => probe.up(pid)).every(Boolean),
    ready: async () => void (await Promise.all(probes.map((probe) => probe.ready()))),
    down: (exitCode) => probes.forEach((probe) => probe.down(exitCode)),
    tick: (second, first) => probes.forEach((probe) => probe.tick(second, first)),
    close: async () => void (await Promise.all(probes.map((probe) => probe.close()))),
  };
}
