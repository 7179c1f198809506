import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { EXIT, SlopegateError, type Clock, type Context, type Output } from '../model/index.js';

/** A context that listens for signals until it is closed. */
export interface OpenContext {
  readonly context: Context;
  readonly close: () => void;
}

function output(stream: NodeJS.WriteStream, env: Context['env']): Output {
  const isTerminal = stream.isTTY;
  const wanted = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return {
    isTerminal,
    colour: wanted || (isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'),
    // Asked each time: a terminal may be resized.
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

/** Reads the process once and listens for its signals; `close` stops listening. */
export function processContext(): OpenContext {
  const abort = new AbortController();
  const err = output(process.stderr, process.env);
  let interrupts = 0;
  const onSignal = (): void => {
    interrupts += 1;
    if (interrupts === 1) {
      err.write('\nstopping: taking the containers down (again to leave at once)\n');
      abort.abort(new SlopegateError('INTERRUPTED', 'interrupted'));
    } else if (interrupts === 2) {
      err.write('left at once: "slopegate prune" removes what is still there\n');
      // oxlint-disable-next-line unicorn/no-process-exit -- asked for twice: nothing is waited for any more
      process.exit(EXIT.interrupted);
    }
  };
  // A pipe that closes early (`| head`) is not an error of ours.
  const onPipe = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  process.stdout.on('error', onPipe);
  process.stderr.on('error', onPipe);
  const context: Context = {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    pid: process.pid,
    clock,
    salt: () => randomBytes(16).toString('hex'),
    signal: abort.signal,
    out: output(process.stdout, process.env),
    err,
  };
  return {
    context,
    close: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
    },
  };
}

export function palette(output: Output) {
  return pc.createColors(output.colour);
}
