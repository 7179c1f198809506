import autocannon from 'autocannon';

/** Runs autocannon to its end, or until the signal fires: then it stops at its next tick. */
export async function runAutocannon(options: autocannon.Options, signal: AbortSignal): Promise<autocannon.Result> {
  const instance = autocannon(options);
  // Documented, but missing in autocannon's types.
  const stop = (): void => (instance as unknown as { stop(): void }).stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await instance;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
