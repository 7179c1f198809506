import { describe, expect, test } from 'vitest';
import type { ArmName, Context, Output, ProgressEvent } from '../../src/model/index.js';
import { minutes, showProgress } from '../../src/cli/progress.js';

const MIB = 1024 ** 2;

function watch(options: Partial<Pick<Output, 'isTerminal' | 'width'>> & { quiet?: boolean; verbose?: boolean } = {}) {
  let text = '';
  let seconds = 0;
  const err: Output = {
    isTerminal: options.isTerminal ?? false,
    colour: false,
    width: options.width ?? 80,
    write: (more) => void (text += more),
  };
  const clock = { seconds: () => seconds, now: () => new Date(0), sleep: () => Promise.resolve() };
  const progress = showProgress({ err, clock } as unknown as Context, {
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
  });
  return {
    tell: (...events: ProgressEvent[]) => events.forEach(progress.onEvent),
    close: () => progress.close(),
    wait: (more: number) => void (seconds += more),
    take: () => {
      const said = text;
      text = '';
      return said;
    },
  };
}

const step: ProgressEvent = { type: 'step', text: 'something begins' };
const warning: ProgressEvent = { type: 'warning', text: 'mind this' };
const log: ProgressEvent = { type: 'log', text: '#5 CACHED' };
const at = (
  arm: ArmName,
  answered: number,
  memoryBytes: Record<string, number> = { waf: 30 * MIB, origin: 15 * MIB },
): ProgressEvent => ({ type: 'progress', arm, trial: `r1-${arm}`, answered, planned: 1000, memoryBytes });

describe('in a log', () => {
  test('plain lines, one progress line per minute', () => {
    const { tell, take, wait } = watch();
    tell(step, log, { type: 'phase', arm: 'baseline', trial: 'r1-baseline', phase: 'window' }, at('baseline', 100));
    expect(take()).toBe('▸ something begins\n  window   10%  waf 30.0   origin 15.0 MiB (baseline)\n');
    tell(at('candidate', 90, { waf: 64 * MIB, origin: 15 * MIB }));
    expect(take()).toBe('');
    wait(60);
    tell(at('baseline', 200));
    expect(take()).toBe('  window    9%  waf 30.0 / 64.0   origin 15.0 / 15.0 MiB (baseline / candidate)\n');
  });

  test('quiet: warnings only; verbose: also what Docker prints', () => {
    const quiet = watch({ quiet: true });
    quiet.tell(step, log, warning, at('baseline', 1));
    expect(quiet.take()).toBe('warning mind this\n');
    const verbose = watch({ verbose: true });
    verbose.tell(log);
    expect(verbose.take()).toBe('  #5 CACHED\n');
  });

  test('rounds and looks', () => {
    const { tell, take } = watch();
    tell({
      type: 'round-started',
      round: 1,
      rounds: 5,
      trials: ['r1-baseline', 'r1-candidate'],
      remainingSeconds: 312,
    });
    tell({ type: 'round-started', round: 2, rounds: 10, trials: ['r1-candidate'], remainingSeconds: 45 });
    tell({ type: 'look', replicates: 3, outcome: 'fail', sentence: 'waf grows.' });
    expect(take()).toBe(
      '▸ round 1 of 5: fresh containers; about 5 min to the next look\n▸ round 2 (r1-candidate) of 10: ' +
        'fresh containers; about 45 s to the next look\n▸ after 3 replicates: FAIL waf grows.\n',
    );
  });
});

describe('on a terminal', () => {
  test('one line that is redrawn below the lines that stay', () => {
    const { tell, take, close } = watch({ isTerminal: true });
    tell(at('baseline', 100));
    tell(at('baseline', 200));
    expect(take()).toBe(
      '\r\u001B[2K           10%  waf 30.0   origin 15.0 MiB (baseline)\r\u001B[2K           20%  waf ' +
        '30.0   origin 15.0 MiB (baseline)',
    );
    tell(warning);
    expect(take()).toBe('\r\u001B[2Kwarning mind this\n');
    close();
    expect(take()).toBe('');
  });

  test('never wider than the terminal', () => {
    const { tell, take } = watch({ isTerminal: true, width: 60 });
    tell(at('baseline', 100, Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`service-${n}`, MIB]))));
    const line = take().replace('\r\u001B[2K', '');
    expect(line).toHaveLength(59);
    expect(line.endsWith('…')).toBe(true);
  });
});

test('minutes', () => {
  expect([minutes(45), minutes(59.6), minutes(95), minutes(3600)]).toEqual(['45 s', '60 s', '2 min', '60 min']);
});
