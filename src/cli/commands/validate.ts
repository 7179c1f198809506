import type { Command } from 'commander';
import { phaseSpans, SlopegateError, type OnEvent, type Scenario } from '../../model/index.js';
import { actionWords } from '../../words/actions.js';
import { phaseWords } from '../../words/phases.js';
import { planExperiment } from '../../experiment/index.js';
import { loadScenario, scenarioJsonSchema } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { minutes } from '../progress.js';
import { openTraffic } from '../../run/traffic.js';

/** Requests generated to prove that every template of a scenario can be filled. */
const SAMPLE_REQUESTS = 1000;

export function validateCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('validate')
    .description('check scenario files without touching Docker')
    .argument('[files...]', 'scenario YAML files')
    .option('--json', 'print each scenario with every default filled in')
    .option('--schema', "print the file format's JSON Schema")
    .addHelpText(
      'after',
      `
Examples:
  slopegate validate scenarios/modsecurity-crs/upgrade.yaml
  slopegate validate --schema > scenarios/scenario.schema.json`,
    )
    .action((files: string[], options: { json?: boolean; schema?: boolean }) =>
      choose(async ({ out, err }) => {
        const warn: OnEvent = (event) => {
          if (event.type === 'warning') err.write(`warning ${event.text}\n`);
        };
        if (options.schema) out.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
        else if (files.length === 0)
          throw new SlopegateError('USAGE', 'no scenario file given', {
            hint: 'slopegate validate scenarios/modsecurity-crs/upgrade.yaml',
          });
        for (const file of files) {
          const { scenario, traceOf } = await openTraffic(await loadScenario(file), warn);
          const { labels } = traceOf(SAMPLE_REQUESTS);
          out.write(
            options.json
              ? `${JSON.stringify(scenario, null, 2)}\n`
              : `${file}: ok. ${describe(scenario, Object.keys(labels).length)}\n`,
          );
        }
        return 0;
      }),
    );
}

function describe({ name, arms, traffic, experiment, gate }: Scenario, labels: number): string {
  const plan = planExperiment(experiment, traffic.rate);
  const times = plan.looks.map(({ afterRound, replicates }) => {
    const seconds = plan.rounds.slice(0, afterRound).reduce((sum, round) => sum + round.seconds, 0);
    return `${replicates} replicates after ${minutes(seconds)}`;
  });
  const { warmup, window } = plan.rounds[0]?.requests ?? { warmup: 0, window: 0 };
  const phases =
    traffic.phases === undefined ? '' : `; phases: ${phaseWords(phaseSpans(traffic.phases, warmup, window))}`;
  const actions = plan.rounds[0]?.actions.map(({ due, step }) => ({ name: step.name, due })) ?? [];
  const done = actions.length === 0 ? '' : `; under load: ${actionWords(actions)}`;
  return `${name}: ${arms.baseline.label} → ${arms.candidate.label}; ${labels} labels at ${traffic.rate}/s; looks at ${times.join(', ')}${phases}${done}; margin ${Number(gate.marginBytesPerRequest.toPrecision(4))} B/request`;
}
