import type { Timers } from '../ticker.js';
import type { ContainerClient } from './client.js';
import type { OpenStream } from './streams.js';
import type { ContainerSignal } from './signals.js';

const RECONNECT_MILLISECONDS = 1000;

export interface FollowOptions {
  readonly client: ContainerClient;
  readonly timers: Timers;
  readonly ids: readonly string[];
  readonly onSignal: (signal: ContainerSignal) => void;
  /** The stream was lost and is open again: something may have been missed. */
  readonly onReconnect: () => void;
}

/**
 * Follows the daemon's events about some containers, and opens a lost stream again. Rejects only if the first attempt
 * fails.
 */
export async function followSignals({
  client,
  timers,
  ids,
  onSignal,
  onReconnect,
}: FollowOptions): Promise<() => void> {
  let closed = false;
  let cancel = (): void => undefined;
  let stream: OpenStream = await client.signals(ids, onSignal);

  const reopenWhenLost = async (): Promise<void> => {
    await stream.ended;
    if (!closed) cancel = timers.after(RECONNECT_MILLISECONDS, () => void reopen());
  };
  const reopen = async (): Promise<void> => {
    try {
      stream = await client.signals(ids, onSignal);
      if (closed) stream.close();
      else onReconnect();
    } catch {
      // Still away: `stream` has ended, so the next round waits and tries again.
    }
    await reopenWhenLost();
  };
  void reopenWhenLost();

  return () => {
    closed = true;
    cancel();
    stream.close();
  };
}
