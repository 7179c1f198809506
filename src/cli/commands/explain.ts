import type { Command } from 'commander';
import { plain } from '../../facts/index.js';
import { EXIT, type Explanation } from '../../model/index.js';
import { explainScenario } from '../../run/explain-scenario.js';
import { loadScenario } from '../../scenario/index.js';
import { explanationSentence, frameWords, missingWords, stackSentence } from '../../words/explain.js';
import type { Action } from '../action.js';
import { showProgress } from '../progress.js';
import { wholeNumber } from '../whole-number.js';

interface ExplainFlags {
  readonly requests?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Enough requests for a leak of 1 KB per request, and few enough for the profiler's table of samples. */
const USUAL_REQUESTS = 400;
const MOST_REQUESTS = 100_000;
const SHOWN_STACKS = 5;
const SHOWN_FRAMES = 10;

export function explainCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('explain')
    .description('name the functions whose memory stays in the candidate, with a sampling profiler of the heap')
    .argument('<scenario>', 'a scenario YAML file; the best is one that "slopegate hunt" wrote')
    .option(
      '--requests <number>',
      `send this many requests, twice (default: ${USUAL_REQUESTS})`,
      wholeNumber(1, MOST_REQUESTS),
    )
    .option('--json', 'print the result as JSON on stdout, with every call stack')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints')
    .addHelpText(
      'after',
      `
Examples:
  slopegate explain reports/HUNT/found-1.yaml
  slopegate explain my-waf.yaml --requests 1000 --json > stacks.json

It judges nothing. It sees C and C++ services with glibc 2.35 or newer, on this machine, as root (docs/explain.md).

Exit codes: 0 call stacks were named, 3 no call stack grows more in the candidate.`,
    )
    .action((file: string, flags: ExplainFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const scenario = await loadScenario(file);
          const result = await explainScenario(scenario, context, flags.requests ?? USUAL_REQUESTS, progress.onEvent);
          progress.close();
          context.out.write(flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : describe(result));
          return result.stacks.length === 0 ? EXIT.inconclusive : EXIT.pass;
        } finally {
          progress.close();
        }
      }),
    );
}

function describe(result: Explanation): string {
  const { stacks, labels } = result;
  const more = stacks.length - SHOWN_STACKS;
  const lines = [
    explanationSentence(result),
    `baseline: ${labels.baseline}; candidate: ${labels.candidate}; ${result.requests} requests`,
    ...missingWords(result),
    ...stacks
      .slice(0, SHOWN_STACKS)
      .flatMap((stack) => [
        '',
        stackSentence(stack),
        ...stack.frames.slice(0, SHOWN_FRAMES).map((frame) => `    ${frameWords(frame)}`),
      ]),
    ...(more > 0 ? ['', `${more} more in --json.`] : []),
  ];
  return `${lines.map(plain).join('\n')}\n`;
}
