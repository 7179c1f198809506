import type { Timers } from '../ticker.js';
import type { OpenStream } from './streams.js';

const REOPEN_MILLISECONDS = 1000;

export interface Reopening<Stream> {
  /** Settles like the first opening. */
  readonly first: Promise<Stream>;
  /** Null while the stream is lost. */
  current(): Stream | null;
  /** Settles when nothing more will come. */
  close(): Promise<void>;
}

/** Opens a stream, and opens it again whenever it has ended or could not be opened, until it is closed. */
export function reopening<Stream extends OpenStream>(timers: Timers, open: () => Promise<Stream>): Reopening<Stream> {
  let closed = false;
  let stream: Stream | null = null;
  let cancel = (): void => undefined;

  const hold = async (opening: Promise<Stream>): Promise<void> => {
    try {
      stream = await opening;
      if (closed) stream.close();
      await stream.ended;
    } catch {
      // The daemon or the container is away. Asking for its state shows whether this is permanent.
    }
    stream = null;
    if (!closed) cancel = timers.after(REOPEN_MILLISECONDS, () => void (held = hold(open())));
  };
  const first = open();
  let held = hold(first);

  return {
    first,
    current: () => stream,
    close: () => {
      closed = true;
      cancel();
      stream?.close();
      return held;
    },
  };
}
