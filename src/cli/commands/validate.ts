import type { Command } from 'commander';
import { recordedDifferences, type FileDifferences } from '../../arms/index.js';
import { planExperiment } from '../../experiment/index.js';
import { EXIT, phaseSpans, SlopegateError, type Context, type Scenario } from '../../model/index.js';
import { duration } from '../../planning/words.js';
import { shownScenario } from '../../scenario/index.js';
import { scenarioJsonSchema } from '../../schema/index.js';
import { actionWords } from '../../words/actions.js';
import { describeDifference } from '../../words/differences.js';
import { tellUnknown } from '../../words/isolation.js';
import { DEFAULT_HOURLY_MARGIN } from '../../statistics/method.js';
import { memory, plural } from '../../words/numbers.js';
import { phaseWords } from '../../words/phases.js';
import type { Action } from '../action.js';
import { annotateFaults, withAnnotateOption, type CiFlags } from '../ci-options.js';
import { faultText } from '../fault-text.js';
import { inert } from '../inert.js';
import { overridesOf, withOverrideOptions, type OverrideFlags } from '../overrides.js';
import { palette } from '../palette.js';
import { validateFile, type Validated } from '../validate-file.js';

interface ValidateOptions extends OverrideFlags, Pick<CiFlags, 'annotate'> {
  readonly json?: boolean;
  readonly schema?: boolean;
}

/** The image, and the variables that people set; the rest is in the data. */
const MOST_DIFFERENCES = 10;

export function validateCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('validate')
    .description('check scenario files, without Docker')
    .argument('[files...]', 'scenario YAML files; - reads standard input')
    .option('--json', 'print each scenario as JSON with all defaults filled in, and all its faults')
    .option('--schema', "print the file format's JSON Schema");
  withAnnotateOption(withOverrideOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  slopegate validate my-waf.yaml
  slopegate validate --json my-waf.yaml    for editors: {"faults": [{code, kind, message, hint, place}], …}
  slopegate validate my-waf.yaml --annotate github
  slopegate validate --schema > scenarios/scenario.schema.json

It also lists what differs between the arms, as far as their files show it. "slopegate stack diff" asks Docker too.
Exit code 2 if there is an error. Warnings do not prevent a run.`,
    )
    .action((files: string[], options: ValidateOptions) =>
      choose(async (context) => {
        const { out } = context;
        if (options.schema) out.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
        else if (files.length === 0)
          throw new SlopegateError('USAGE', 'no scenario file given', { hint: 'slopegate validate my-waf.yaml' });
        const overrides = overridesOf(options);
        let exit: number = EXIT.pass;
        for (const file of files) {
          const validated = await validateFile(file, context, overrides);
          if (validated.scenario === null) exit = EXIT.usage;
          if (options.json) out.write(`${JSON.stringify(asJson(validated), null, 2)}\n`);
          else show(validated, context);
          if (options.annotate !== undefined) annotateFaults(validated.faults, context);
        }
        return exit;
      }),
    );
}

/** The scenario as it will be run, together with the faults of the file. */
function asJson({ file, scenario, faults, arms }: Validated): object {
  if (scenario === null) return { file, ok: false, faults };
  return {
    ...shownScenario(scenario),
    ok: true,
    faults,
    armDifferences: recordedDifferences(arms.differences),
    armsUnknown: arms.unknown.map(tellUnknown),
  };
}

function show({ file, scenario, faults, labels, arms }: Validated, { out, err }: Context): void {
  const colours = palette(err);
  if (faults.length > 0) err.write(faults.map((fault) => faultText(fault, colours)).join('\n'));
  if (scenario === null) return;
  out.write(`${file}: ok. ${describe(scenario, labels.length)}\n${differing(arms)}`);
}

/** What differs between the arms, and what the files do not show. */
function differing({ differences, unknown }: FileDifferences): string {
  const shown = differences.slice(0, MOST_DIFFERENCES).map(describeDifference);
  const rest = differences.length - shown.length;
  const told = [...shown, ...(rest === 0 ? [] : [`and ${rest} more: validate --json lists all`])];
  const head = differences.length === 0 ? 'The files show no difference between the arms.' : 'The arms differ in:';
  return [head, ...told.map((line) => `  ${line}`), ...unknown.map((one) => tellUnknown(one).sentence)]
    .map((line) => `  ${inert(line)}\n`)
    .join('');
}

function describe({ name, arms, traffic, experiment, gate }: Scenario, labels: number): string {
  const plan = planExperiment(experiment, traffic.rate);
  const times = plan.looks.map(({ afterRound, replicates }) => {
    const seconds = plan.rounds.slice(0, afterRound).reduce((sum, round) => sum + round.seconds, 0);
    return `${replicates} replicates after ${duration(seconds)}`;
  });
  const { warmup, window } = plan.rounds[0]?.requests ?? { warmup: 0, window: 0 };
  const phases =
    traffic.phases === undefined ? '' : `; phases: ${phaseWords(phaseSpans(traffic.phases, warmup, window))}`;
  const actions = plan.rounds[0]?.actions.map(({ due, step }) => ({ name: step.name, due })) ?? [];
  const done = actions.length === 0 ? '' : `; under load: ${actionWords(actions)}`;
  const hourly = memory(gate.marginBytesPerHour ?? DEFAULT_HOURLY_MARGIN);
  return (
    `${name}: ${arms.baseline.label} → ${arms.candidate.label}; ${plural(labels, 'label')} at ` +
    `${traffic.rate}/s; looks at ${times.join(', ')}${phases}${done}; margin ` +
    `${Number(gate.marginBytesPerRequest.toPrecision(4))} B/request, and ${hourly} an hour without requests`
  );
}
