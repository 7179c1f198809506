import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, SlopegateError, type Clock, type Context, type ExitCode, type Output } from '../model/index.js';
import { followFaults } from './process-faults.js';

/** A context that listens for signals until it is closed. */
export interface OpenContext {
  readonly context: Context;
  /**
   * The exit code of a fault in the process itself. It has priority over the command's exit code. Null if there was
   * none.
   */
  readonly fault?: () => Promise<ExitCode | null>;
  readonly close: () => void;
}

function output(stream: NodeJS.WriteStream, env: Context['env']): Output {
  const isTerminal = stream.isTTY;
  const wanted = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return {
    isTerminal,
    colour: wanted || (isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'),
    // Read each time, because a terminal may be resized.
    get width() {
      return Math.min(Math.max(stream.columns ?? 80, 60), 120);
    },
    write: (text) => void stream.write(text),
  };
}

const clock: Clock = {
  seconds: () => performance.now() / 1000,
  now: () => new Date(),
  sleep: async (seconds, signal) => {
    await sleep(seconds * 1000, undefined, { signal }).catch((cause: unknown) => {
      throw new SlopegateError('INTERRUPTED', 'interrupted', { cause });
    });
  },
};

/** Reads the process state once and listens for its signals and faults. `close` stops listening. */
export function processContext(): OpenContext {
  const abort = new AbortController();
  const err = output(process.stderr, process.env);
  let held = 0;
  const onSignal = (): void => {
    if (held > 0 && !abort.signal.aborted) {
      err.write('\nstopping: removing the containers (press again to stop at once)\n');
      abort.abort(new SlopegateError('INTERRUPTED', 'interrupted'));
      return;
    }
    err.write(held > 0 ? 'stopped at once: "slopegate prune" removes what is left\n' : '\ninterrupted\n');
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing is to be taken down, or nobody wants to wait for it
    process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  const faults = followFaults({
    context: () => context,
    endWork: (reason) => {
      abort.abort(reason);
      return held > 0;
    },
  });
  const context: Context = {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    pid: process.pid,
    clock,
    salt: () => randomBytes(16).toString('hex'),
    signal: abort.signal,
    hold: () => {
      held += 1;
      let over = false;
      return () => {
        if (!over) held -= 1;
        over = true;
      };
    },
    input: process.stdin,
    out: output(process.stdout, process.env),
    err,
  };
  return {
    context,
    fault: () => faults.exitCode(),
    close: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
    },
  };
}
