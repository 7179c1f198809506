import type { ContainerHandle, RunNote } from '../../model/index.js';
import type { ContainerState } from '../docker/client.js';
import type { KernelFiles } from '../kernel-files.js';
import type { Source } from '../source.js';
import { together } from '../together.js';
import { lensProbe, seenIn } from './lens-probe.js';

/** A source that also reads the counters of the lens, and says of each service what the lens sees. */
export function throughLens(
  source: Source,
  files: KernelFiles,
  containers: readonly ContainerHandle[],
  states: ReadonlyMap<string, ContainerState>,
): Source {
  const notes = containers.flatMap(({ id, service, container }): RunNote[] => {
    const pid = states.get(id)?.pid ?? 0;
    return container === 1 && pid > 0 ? [{ code: 'lens-sees', facts: { service, ...seenIn(files, pid) } }] : [];
  });
  return {
    ...source,
    notes: [...source.notes, ...notes],
    probe: (id, sink) => together([source.probe(id, sink), lensProbe(files, sink)]),
  };
}
