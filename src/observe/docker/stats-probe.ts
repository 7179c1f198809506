import type { Probe, Sink } from '../probe.js';
import type { Timers } from '../ticker.js';
import type { ContainerClient, OpenStream } from './client.js';
import { parseStats } from './parse-stats.js';

const REOPEN_MILLISECONDS = 1000;

/** Reads a container through Docker's stats stream, which goes on through stops and starts; a broken stream is opened again. */
export function statsProbe(client: ContainerClient, timers: Timers, containerId: string, sink: Sink): Probe {
  let closed = false;
  let running = true;
  let stream: OpenStream | null = null;
  let cancel = (): void => undefined;

  const onDocument = (document: unknown): void => {
    const sample = running ? parseStats(document) : null;
    if (sample !== null) sink.add(sample);
  };
  const open = async (): Promise<void> => {
    try {
      stream = await client.stats(containerId, onDocument);
      if (closed) stream.close();
      await stream.ended;
    } catch {
      // The daemon or the container is away; whether for good is found out by asking for its state.
    }
    if (!closed) cancel = timers.after(REOPEN_MILLISECONDS, () => void open());
  };
  void open();

  return {
    up: () => (running = true),
    down: () => void (running = false),
    tick: () => undefined,
    close: () => {
      closed = true;
      cancel();
      stream?.close();
    },
  };
}
