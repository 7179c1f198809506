import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, SlopegateError, type ExitCode } from '../../model/index.js';
import type { RemedyOutcome } from '../../results/index.js';
import { testRemedy } from '../../run/remedy-scenario.js';
import type { RemedyOptions } from '../../run/remedy-wish.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { showProgress } from '../progress.js';
import { parsePlain } from '../quantities.js';
import { describeRemedy } from '../remedy-view.js';

interface RemedyFlags {
  readonly run: string;
  readonly restart?: boolean;
  readonly signal?: string;
  readonly exec?: string;
  readonly service?: string;
  readonly every?: string;
  readonly for?: string;
  readonly testEvery?: string;
  readonly survive?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const EXITS: Readonly<Record<RemedyOutcome, ExitCode>> = {
  holds: EXIT.pass,
  'leaks-itself': EXIT.fail,
  'no-help': EXIT.fail,
  'not-shown': EXIT.inconclusive,
};

/** A level is the median of several readings, one per second. */
const SHORTEST_TEST_SECONDS = 10;

export function remedyCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('remedy')
    .description('test under load if restarts or reloads keep the memory of a failing candidate below its limit')
    .argument('<scenario>', 'the scenario YAML file of the run')
    .requiredOption('--run <folder>', 'a run of this scenario that failed; the result is added to this folder')
    .option('--restart', 'restart the service (this is the default)')
    .option('--signal <name>', 'send this signal to the service instead, for example HUP to reload nginx')
    .option('--exec <command>', 'run this command in the service instead, by its shell: "nginx -s reload"')
    .option('--service <name>', 'the service, if several failed')
    .option('--every <time>', 'how often you will do it (default: the restart interval that the run gives)')
    .option('--survive <time>', 'how long it must hold (default: survive of gate.production, or 30 days)')
    .option('--for <time>', 'how long the load lasts after its warm-up (default: enough for 12 applications)')
    .option('--test-every <time>', 'how often it is done in the test (default: chosen by the growth, 20 s to 2 min)')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints')
    .addHelpText(
      'after',
      `
Examples:
  slopegate remedy my-waf.yaml --run reports/RUN                        restarts
  slopegate remedy my-waf.yaml --run reports/RUN --signal HUP --every 6h
  slopegate remedy my-waf.yaml --run reports/RUN --exec "nginx -s reload" --for 20m

Two copies of the candidate get the same traffic. One of them gets the remedy, more often than in production. The
result says what each application gives back and leaves behind, which requests it loses, and how long memory stays
below the limit (docs/remedies.md). It is added to remedy.json in the folder of the run, and to its reports.

Exit codes: 0 it holds, 1 it leaks itself or does not help, 2 there is nothing to test, 3 not shown.`,
    )
    .action((file: string, flags: RemedyFlags) =>
      choose(async (context) => {
        const options = optionsOf(flags, resolve(context.cwd, flags.run));
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const test = await testRemedy(await loadScenario(file), context, options, progress.onEvent);
          progress.close();
          context.out.write(flags.json === true ? `${JSON.stringify(test, null, 2)}\n` : describeRemedy(test));
          return EXITS[test.outcome];
        } finally {
          progress.close();
        }
      }),
    );
}

function optionsOf(flags: RemedyFlags, run: string): RemedyOptions {
  const { restart, signal, exec, service = null, every, survive, testEvery } = flags;
  const chosen = [
    restart === true ? '--restart' : [],
    signal === undefined ? [] : '--signal',
    exec === undefined ? [] : '--exec',
  ];
  if (chosen.flat().length > 1)
    throw new SlopegateError('USAGE', `${chosen.flat().join(' and ')} are different remedies.`, {
      hint: 'Test one at a time: each test is added to the run.',
    });
  if (signal !== undefined && !/^(SIG)?[A-Z][A-Z0-9+-]*$/.test(signal))
    throw new SlopegateError('USAGE', `--signal ${JSON.stringify(signal)} is not the name of a signal`, {
      hint: 'for example --signal HUP',
    });
  if (exec !== undefined && exec.trim() === '')
    throw new SlopegateError('USAGE', '--exec needs a command', { hint: 'for example --exec "nginx -s reload"' });
  return {
    run,
    service,
    kind: signal !== undefined ? 'signal' : exec !== undefined ? 'command' : 'restart',
    detail: signal ?? exec ?? null,
    every: seconds('--every', every),
    lasts: seconds('--for', flags.for),
    testEvery: seconds('--test-every', testEvery, SHORTEST_TEST_SECONDS),
    survive: seconds('--survive', survive),
  };
}

function seconds(flag: string, text: string | undefined, least = 1): number | null {
  if (text === undefined) return null;
  const value = parsePlain(flag, text, 'duration');
  if (value >= least) return value;
  throw new SlopegateError('USAGE', `${flag} ${text} is too short.`, {
    hint: `${flag} ${least}s is the shortest time.`,
  });
}
