import { memory } from '../../words/numbers.js';

/** Seconds between two reports of a copy. Most copies take less time than this. */
const EVERY_MS = 5_000;

export interface CopyProgress extends Disposable {
  readonly moved: (bytes: number) => void;
}

/**
 * Tells every few seconds how much of a copy is done, until disposed of.
 * @param total bytes that the copy takes; null if that is not known
 */
export function tellProgress(
  what: string,
  total: number | null,
  onLine: (line: string) => void,
  everyMs = EVERY_MS,
): CopyProgress {
  let done = 0;
  const of = total === null ? '' : ` of ${memory(total)}`;
  const timer = setInterval(() => onLine(`copying ${what}: ${memory(done)}${of}`), everyMs);
  return {
    moved: (bytes) => {
      done += bytes;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
