import { isFound } from '../hunt/index.js';
import { ARMS, type ArmName, type Context, type OnEvent, type Outcome, type ProgressEvent } from '../model/index.js';
import { keptWords } from '../words/hunt.js';
import { setAsideWords } from '../words/host-load.js';
import { rampStepWords } from '../words/ramp.js';
import { say as inWords, sayNote } from '../words/say.js';
import { inert } from './inert.js';
import { palette } from './palette.js';
import { warningLine } from './warning.js';

const MIB = 1024 ** 2;
/** Without a terminal, one line of progress per minute is enough for a log. */
const PLAIN_INTERVAL_SECONDS = 60;

/** What `quiet` shows. */
const LOUD: ReadonlySet<ProgressEvent['type']> = new Set(['warning', 'action-failed', 'note', 'pair-set-aside']);

interface ArmProgress {
  readonly answered: number;
  readonly planned: number;
  readonly memoryBytes: Readonly<Record<string, number>>;
}

export interface Progress {
  readonly onEvent: OnEvent;
  /** Clears the live line. Other lines stay. */
  close(): void;
}

/** Shows progress on stderr: one live line on a terminal, plain lines elsewhere. `quiet` shows warnings only. */
export function showProgress(
  { err: output, clock }: Context,
  { quiet, verbose }: { quiet: boolean; verbose: boolean },
): Progress {
  const colours = palette(output);
  const arms = new Map<ArmName, ArmProgress>();
  let live = false;
  let lastPlain = Number.NEGATIVE_INFINITY;
  let phase = '';

  const clear = (): void => {
    if (live) output.write('\r\u001B[2K');
    live = false;
  };
  const say = (text: string): void => {
    clear();
    output.write(`${text}\n`);
  };
  const drawLine = (line: string): void => {
    if (output.isTerminal) {
      output.write(`\r\u001B[2K${colours.dim(clipped(line, output.width - 1))}`);
      live = true;
    } else if (clock.seconds() - lastPlain >= PLAIN_INTERVAL_SECONDS) {
      lastPlain = clock.seconds();
      output.write(`${line}\n`);
    }
  };
  const outcomeColour: Record<Outcome, (text: string) => string> = {
    pass: colours.green,
    fail: colours.red,
    inconclusive: colours.yellow,
    invalid: colours.magenta,
  };

  const onEvent = (event: ProgressEvent): void => {
    if (quiet && !LOUD.has(event.type)) return;
    switch (event.type) {
      case 'step':
        return say(`${colours.cyan('▸')} ${inert(event.text)}`);
      case 'log':
        return verbose ? say(colours.dim(`  ${inert(event.text)}`)) : undefined;
      case 'warning':
        return say(warningLine(output, event.text));
      case 'action-failed':
        return say(warningLine(output, `${event.trial}: ${inWords(event.failure)}`));
      case 'ramp-step':
        return say(`${colours.cyan('▸')} ${inert(rampStepWords(event.step))}`);
      case 'note':
        return say(warningLine(output, sayNote(event.note)));
      case 'round-started':
        arms.clear();
        return say(
          `${colours.cyan('▸')} ${roundTitle(event)} of ${event.rounds}: fresh containers; about ` +
            `${minutes(event.remainingSeconds)} to the next look`,
        );
      case 'pair-set-aside':
        return say(warningLine(output, setAsideWords(event)));
      case 'arm-up':
        return say(colours.dim(`  ${event.arm} answers (${event.seconds.toFixed(1)} s)`));
      case 'phase':
        phase = event.phase;
        return undefined;
      case 'progress':
        arms.set(event.arm, event);
        return drawLine(`  ${phase.padEnd(7)} ${summaryOf(arms)}`);
      case 'hunted': {
        if (isFound(event.row)) return say(`${colours.red('▸')} ${inert(keptWords(event.row))}`);
        return drawLine(`  ${event.number} of ${event.of} shapes: ${inert(event.row.shape)}`);
      }
      case 'look': {
        const outcome = outcomeColour[event.outcome](event.outcome.toUpperCase());
        return say(`${colours.cyan('▸')} after ${event.replicates} replicates: ${outcome} ${inert(event.sentence)}`);
      }
    }
  };
  return { onEvent, close: clear };
}

function roundTitle({ round, trials }: { round: number; trials: readonly string[] }): string {
  return `round ${round}${trials.length === 1 ? ` (${trials[0]})` : ''}`;
}

/**
 * `  46%  waf 2.9 / 33.4   origin 15.0 / 14.8 MiB (baseline / candidate)`: the two versions of a service beside each
 * other.
 */
function summaryOf(progress: ReadonlyMap<ArmName, ArmProgress>): string {
  const names = ARMS.filter((arm) => progress.has(arm));
  const arms = names.map((arm) => progress.get(arm)!);
  const share = Math.min(...arms.map(({ answered, planned }) => answered / Math.max(planned, 1)));
  const services = [...new Set(arms.flatMap(({ memoryBytes }) => Object.keys(memoryBytes)))];
  const memory = services.map(
    (service) => `${service} ${arms.map(({ memoryBytes }) => mebibytes(memoryBytes[service])).join(' / ')}`,
  );
  const done = `${Math.floor(100 * share)}%`.padStart(4);
  const held = memory.length === 0 ? '' : `  ${memory.join('   ')} MiB`;
  return `${done}${held} (${names.join(' / ')})`;
}

function mebibytes(bytes: number | undefined): string {
  return bytes === undefined ? '–' : (bytes / MIB).toFixed(1);
}

function clipped(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** `95` seconds → `2 min`; less than a minute in seconds. */
export function minutes(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
