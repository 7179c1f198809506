/** What gives nothing for so long gives nothing at all: a pipe, a network disk that is gone, a daemon that hangs. */
export const SILENCE_MS = 60_000;

/** A transfer that ends by itself if nothing moves any more. */
export interface Transfer extends Disposable {
  /** Fires if nothing has moved for a minute, or if the run ends. */
  readonly signal: AbortSignal;
  moved(): void;
}

/** Watches the transfer of something, from now on until it is disposed of. */
export function watchTransfer(what: string, outer: AbortSignal, silenceMs = SILENCE_MS): Transfer {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const moved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error(`${what} sent no data for ${silenceMs / 1000} s`)), silenceMs);
  };
  moved();
  return {
    signal: AbortSignal.any([outer, silence.signal]),
    moved,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
