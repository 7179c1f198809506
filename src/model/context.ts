/** Time, given from outside: seconds on a monotonic clock, the wall clock for people, and waiting. */
export interface Clock {
  seconds(): number;
  now(): Date;
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

/** Process state, collected once. Everything below `cli` gets what it needs of it as parameters. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly pid: number;
  readonly clock: Clock;
  /** A text that nobody can guess, a new one each time. */
  readonly salt: () => string;
  /** Fires on the first Ctrl-C or SIGTERM while there is something to clean up. */
  readonly signal: AbortSignal;
  /**
   * Says that there is something to clean up. Until the returned function is called, a signal fires `signal`, and the
   * work ends itself. At all other times a signal ends the process at once.
   */
  readonly hold: () => () => void;
  /** Standard input; absent if there is none. */
  readonly input?: AsyncIterable<Uint8Array>;
  readonly out: Output;
  readonly err: Output;
}

export interface Output {
  readonly isTerminal: boolean;
  readonly colour: boolean;
  readonly width: number;
  write(text: string): void;
}
