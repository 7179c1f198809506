import type { Command } from 'commander';
import { SlopegateError, type Scenario } from '../../model/index.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { noiseOf } from '../../run/noise-of.js';
import { feasibilityOf, infeasibleWords, latestEnd, timesWords } from '../../planning/feasibility.js';
import type { Noise } from '../../planning/noise.js';
import { planScenario, type PlanAnswer, type Question } from '../../planning/plan-scenario.js';
import { growth, planTable } from '../../planning/render.js';
import { duration } from '../../planning/words.js';
import { parseGrowth, parsePlain } from '../quantities.js';

interface PlanFlags {
  readonly time?: string;
  readonly detect?: string;
  readonly json?: boolean;
}

export function planCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('plan')
    .description(
      'the smallest difference that a test of a given length can detect, or the length for a given difference',
    )
    .argument('<scenario>', 'a scenario YAML file')
    .option('--time <duration>', 'find the smallest difference that a test of this length can detect, for example 30m')
    .option('--detect <growth>', 'find the length of a test that detects this difference per request, for example 8B')
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slopegate plan my-waf.yaml                  the scenario as it is, and the presets
  slopegate plan my-waf.yaml --time 30m
  slopegate plan my-waf.yaml --detect 8B

Starts nothing. "finds leaks from" is the difference that is found with a probability of 80 %.`,
    )
    .action((file: string, flags: PlanFlags) =>
      choose(async (context) => {
        const { out, clock } = context;
        const question = questionOf(flags);
        const scenario = await loadScenario(file);
        const noise = await noiseOf(scenario, context);
        const answer = planScenario(scenario, noise, question);
        if (flags.json) out.write(`${JSON.stringify({ ...asJson(scenario, noise), question, ...answer }, null, 2)}\n`);
        else
          out.write(
            `${scenario.name} at ${rateWords(scenario)}; noise ` +
              `${noise.source}\n\n${inWords(answer, question)}\n${beforehand(scenario, noise, question, clock.now())}`,
          );
        return 0;
      }),
    );
}

function questionOf({ time, detect }: PlanFlags): Question {
  if (time !== undefined && detect !== undefined)
    throw new SlopegateError('USAGE', '--time and --detect ask opposite questions', {
      hint: 'give one of them, or neither for the presets',
    });
  if (time !== undefined) return { time: parsePlain('--time', time, 'duration') };
  return detect === undefined ? null : { detect: parseGrowth('--detect', detect) };
}

function asJson(scenario: Scenario, noise: Noise): object {
  const { rate, rateMode = 'stated' } = scenario.traffic;
  const feasibility = feasibilityOf(scenario, noise);
  return { scenario: scenario.name, rate, rateMode, calibrated: noise.calibrated, noise: noise.source, feasibility };
}

function rateWords({ traffic: { rate, rateMode } }: Scenario): string {
  const modes = { stated: '', auto: ' (assumed: the rate is found when it runs)', upTo: ' (less if the host is busy)' };
  return `${rate} requests/s${modes[rateMode ?? 'stated']}`;
}

/** How long the unchanged scenario takes, and whether it can decide. */
function beforehand(scenario: Scenario, noise: Noise, question: Question, now: Date): string {
  if (question !== null) return '';
  const feasibility = feasibilityOf(scenario, noise);
  const words = infeasibleWords(feasibility);
  const times = `As it is, it ${timesWords(feasibility)}: started now, it is over by ${latestEnd(feasibility, now)}.`;
  return `\n${times}\n${words === null ? '' : `Warning: ${words.message}.\n  hint: ${words.hint}\n`}`;
}

function inWords({ rows, margin, lowered }: PlanAnswer, question: Question): string {
  const [best] = rows;
  if (question === null || best === undefined) {
    const none =
      question !== null && 'time' in question
        ? 'No design of three replicates with windows of 40 s fits in that time.'
        : 'No design with windows up to 4 h finds a difference that small: raise the rate, or lower gate.margin.';
    return question === null ? `Margin ${growth(margin)}/request.\n${planTable(rows)}` : none;
  }
  const window = `window: { seconds: ${Math.ceil(best.windowSeconds)}s }`;
  const experiment = `experiment: { looks: [${best.looks.join(', ')}], ${window} }`;
  return [
    'time' in question
      ? `Within ${duration(question.time)}: differences from ${growth(best.detectable)}/request on ` +
        `(margin ${growth(margin)}/request).`
      : `For ${growth(question.detect)}/request: ${duration(best.seconds)}, ` +
        (`${duration(best.seconds + best.confirmationSeconds)} where the FAIL is confirmed ` +
          `(margin ${growth(margin)}/request).`),
    planTable(rows),
    '',
    `In the scenario: ${experiment}`,
    ...(lowered === null
      ? []
      : [
          `and gate: { margin: ${margin} B/request }: what lies below the margin ` +
            `(${growth(lowered)}/request here) is accepted, whatever the test could see.`,
        ]),
  ].join('\n');
}
