import type { ContainerEvent, RunningStack } from '../model/index.js';

/** Events after which a container writes nothing more. */
const ENDINGS: readonly ContainerEvent['kind'][] = ['exit', 'oom-kill'];

/**
 * Fetches what a container that ended had written last, while it is still there. Disposing waits for what is on its
 * way.
 */
export interface LastWords extends AsyncDisposable {
  after(event: ContainerEvent): void;
}

export function lastWords(stack: RunningStack, onLog: (event: ContainerEvent, log: string) => void): LastWords {
  const pending: Promise<void>[] = [];
  return {
    after: (event) => {
      if (!ENDINGS.includes(event.kind)) return;
      // A log that cannot be had leaves the event as it is.
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
