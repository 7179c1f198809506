import { SlopegateError } from '../../model/index.js';
import type { ProcessStat } from '../cgroup/parse.js';
import { describeReplacements, replacementDetector } from '../cgroup/replaced-processes.js';
import type { ContainerClient } from '../docker/client.js';
import type { OpenSidecar } from '../docker/streams.js';
import { reopening, type Reopening } from '../docker/reopening.js';
import type { Probe, Sink } from '../probe.js';
import { present } from '../sample.js';
import type { Timers } from '../ticker.js';
import { parseAnswer } from './parse-answer.js';

/**
 * Asks a sidecar once per second for a container's processes, descriptors and sockets. A sidecar ends with its
 * container, and the next start has its own.
 */
export function sidecarProbe(client: ContainerClient, timers: Timers, containerId: string, sink: Sink): Probe {
  let kept: Reopening<OpenSidecar> | null = null;
  let second = 0;

  const listener = (): ((document: unknown) => void) => {
    let processes: readonly ProcessStat[] = [];
    const replaced = replacementDetector((pid) => processes.find((process) => process.pid === pid) ?? null);
    return (document) => {
      const answer = parseAnswer(document);
      // A container that hides its cgroup shows no process. Unknown is not zero.
      if (answer === null || answer.processes.length === 0) return;
      processes = answer.processes;
      const replacements = replaced(
        processes.map(({ pid }) => pid),
        second,
      );
      if (replacements.length > 0) sink.event('process-replaced', describeReplacements(replacements));
      sink.add(present({ pids: processes.length, fds: answer.fds, sockets: answer.sockets }));
    };
  };
  const down = async (): Promise<void> => {
    const last = kept;
    kept = null;
    await last?.close();
  };

  return {
    up: () => {
      const onDocument = listener();
      kept ??= reopening(timers, () => client.sidecar(containerId, onDocument));
      return true;
    },
    ready: async () => {
      try {
        await kept?.first;
      } catch (cause) {
        // It could not be started because the container has just ended. This is reported as an exit.
        if ((await client.inspect(containerId))?.running !== true) return;
        throw new SlopegateError('OBSERVE_FAILED', 'No sidecar could be started', {
          because: cause,
          hint:
            'Does this daemon let containers share a pid namespace and have SYS_PTRACE? Do ' +
            'without: observe.sidecar: false.',
        });
      }
    },
    down: () => void down(),
    tick: (now, first) => {
      second = now;
      if (first) kept?.current()?.ask();
    },
    close: down,
  };
}
