import type { ContainerEventKind, ContainerHandle, ObserveRequest } from '../model/index.js';
import type { Sink } from './probe.js';
import { secondBucket } from './second-bucket.js';

/**
 * The daemon and the kernel's counter both report an out-of-memory kill. Within this many seconds it is the same one.
 */
const SAME_KILL_SECONDS = 3;

export interface ContainerWatch extends Sink {
  /**
   * Ends a second: its reading is reported with the time of the second's end, unless the second is incomplete. Returns
   * whether anything was read.
   */
  flush(time: number, requests: number, full: boolean): boolean;
}

/** Converts the values and events of one container into readings and events of the trial. */
export function watchContainer(
  { service, container }: ContainerHandle,
  request: ObserveRequest,
  live: () => boolean,
): ContainerWatch {
  const bucket = secondBucket();
  let lastKill = Number.NEGATIVE_INFINITY;
  return {
    add: (sample) => bucket.add(sample),
    event: (kind: ContainerEventKind, detail: string) => {
      if (!live()) return;
      const time = request.elapsed();
      if (kind === 'oom-kill') {
        const repeated = time - lastKill < SAME_KILL_SECONDS;
        lastKill = time;
        if (repeated) return;
      }
      request.onEvent({ kind, service, container, time, requests: request.answered(), detail });
    },
    flush: (time, requests, full) => {
      const second = bucket.take();
      if (second !== null && full) request.onReading({ service, container, time, requests, ...second });
      return second !== null;
    },
  };
}
