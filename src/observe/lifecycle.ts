import type { ContainerEventKind } from '../model/index.js';
import type { ContainerClient } from './docker/client.js';
import type { ContainerSignal } from './docker/signals.js';
import type { Probe } from './probe.js';
import { describeExit } from './describe-exit.js';

/** After this many failed inspections, a container that the daemon calls running counts as vanished. */
const ATTEMPTS = 3;

export interface LifecycleOptions {
  readonly id: string;
  readonly client: ContainerClient;
  readonly probe: Probe;
  readonly event: (kind: ContainerEventKind, detail: string) => void;
  /** False after the watch has ended: later events do not count. */
  readonly live: () => boolean;
}

export interface Lifecycle {
  /** The first state found. */
  begin(state: { readonly running: boolean; readonly pid: number; readonly exitCode: number }): void;
  signal(signal: ContainerSignal): void;
  /** Nothing was read for a while, so the daemon is asked. */
  check(): Promise<void>;
}

/**
 * Follows one container through exit, restart and removal. The daemon's event stream reports at once and with exit
 * codes. Asking for the state finds what the stream missed. The second of the two finds the state already known and
 * reports nothing.
 */
export function lifecycle({ id, client, probe, event, live }: LifecycleOptions): Lifecycle {
  let state: 'up' | 'down' | 'gone' = 'up';
  /** Main process to which it was last attached; null while the daemon is known to be changing it. */
  let pid: number | null = null;
  let killedBy: string | null = null;
  let attempts = 0;
  let checking = false;
  let again = false;

  const wentDown = (exitCode: number | null): void => {
    if (state !== 'up') return;
    state = 'down';
    pid = null;
    probe.down(killedBy === null ? exitCode : null);
    event('exit', describeExit(exitCode, killedBy));
    killedBy = null;
  };
  const cameUp = (detail: string): void => {
    state = 'up';
    event('restart', detail);
  };
  const attach = (current: number): void => {
    attempts = probe.up(current) ? 0 : attempts + 1;
    pid = current;
    if (attempts < ATTEMPTS) return;
    state = 'gone';
    event('vanished', 'Docker says that the container runs, but its cgroup can no longer be read');
  };
  const compare = async (): Promise<void> => {
    if (state === 'gone') return;
    const found = await client.inspect(id);
    if (!live()) return;
    if (found === null) {
      if (state === 'up') event('vanished', 'the container was removed, but no exit was reported');
      state = 'gone';
    } else if (!found.running) wentDown(found.exitCode);
    else {
      if (state === 'down') cameUp('started again');
      else if (pid !== null && found.pid !== pid) cameUp(`main process ${pid} → ${found.pid}, no exit was reported`);
      attach(found.pid);
    }
  };
  const check = async (): Promise<void> => {
    again = true;
    if (checking) return;
    checking = true;
    while (again && live()) {
      again = false;
      // If the daemon does not answer, the next check asks again.
      await compare().catch(() => undefined);
    }
    checking = false;
  };

  return {
    begin: (found) => {
      if (found.running) return attach(found.pid);
      // A container that had completed its work before the watch began is not reported. One that had failed is.
      if (found.exitCode !== 0) return wentDown(found.exitCode);
      state = 'down';
    },
    check,
    signal: (signal) => {
      if (!live()) return;
      if (signal.kind === 'kill') killedBy = signal.signal;
      else if (signal.kind === 'die') wentDown(signal.exitCode);
      else if (signal.kind === 'start') {
        if (state === 'down') cameUp('started again');
        void check();
      } else event('oom-kill', 'Docker reports that the container ran out of memory');
    },
  };
}
