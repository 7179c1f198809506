import autocannon from 'autocannon';

/** Runs autocannon until it is done, or until the signal fires: it then stops at its next tick. */
export async function runAutocannon(options: autocannon.Options, signal: AbortSignal): Promise<autocannon.Result> {
  const instance = autocannon(options);
  // Documented; the types of autocannon do not know it.
  const stop = (): void => (instance as unknown as { stop(): void }).stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await instance;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
