import type { ContainerEvent, RunningStack } from '../model/index.js';

/** Events after which a container writes nothing more. */
const ENDINGS: readonly ContainerEvent['kind'][] = ['exit', 'oom-kill'];

/**
 * Reads the last lines of a container that ended, while the container still exists. Disposing waits for reads in
 * progress.
 */
export interface FinalLogs extends AsyncDisposable {
  after(event: ContainerEvent): void;
}

export function finalLogs(stack: RunningStack, onLog: (event: ContainerEvent, log: string) => void): FinalLogs {
  const pending: Promise<void>[] = [];
  return {
    after: (event) => {
      if (!ENDINGS.includes(event.kind)) return;
      // If a log cannot be read, the event is recorded without it.
      pending.push(
        stack
          .lastLog(event)
          .then((log) => (log === '' ? undefined : onLog(event, log)))
          .catch(() => {}),
      );
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all(pending)),
  };
}
