import type { Command } from 'commander';
import { diffStack, showStack } from '../../arms/index.js';
import { ARMS, SlopegateError, type ArmName, type Context, type Scenario } from '../../model/index.js';
import { openDocker, type DockerSession } from '../../run/docker.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { describeArm, describeDifferences, tellArm } from '../stack-view.js';

interface StackFlags {
  readonly arm?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

export function stackCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('stack')
    .description("show how a scenario's stack is isolated, or what differs between its arms; starts nothing")
    .argument('<what>', 'show: how each arm is isolated; diff: what differs between the arms')
    .argument('<scenario>', 'a scenario YAML file')
    .option('--arm <arm>', 'show: baseline or candidate (default: both)')
    .option('--all', 'show: every single change')
    .option('--json', 'print it as JSON, with the changed compose model')
    .addHelpText(
      'after',
      `
Examples:
  slopegate stack show my-waf.yaml
  slopegate stack show my-waf.yaml --arm candidate --all
  slopegate stack diff my-waf.yaml

Exit code 2: for show, if the stack is refused; for diff, if the arms do not differ and the scenario does not say
"expect: same".`,
    )
    .action((what: string, file: string, flags: StackFlags) =>
      choose(async (context) => {
        const command = COMMANDS[what];
        if (command === undefined)
          throw new SlopegateError('USAGE', `stack ${what}: there are "stack show" and "stack diff"`, {
            hint: `slopegate stack show ${file}`,
          });
        const arms = armsOf(flags.arm);
        const scenario = await loadScenario(file);
        await using session = await openDocker(context, scenario);
        return command({ context, session, scenario, flags, arms });
      }),
    );
}

interface Job {
  readonly context: Context;
  readonly session: DockerSession;
  readonly scenario: Scenario;
  readonly flags: StackFlags;
  readonly arms: readonly ArmName[];
}

const COMMANDS: Readonly<Record<string, (job: Job) => Promise<number>>> = { show, diff };

async function show({
  context: { signal, out },
  session: { daemons, folder },
  scenario,
  flags,
  arms,
}: Job): Promise<number> {
  const shown = await showStack({ daemons, scenario, folder, signal });
  const wanted = arms.map((arm) => shown[arm]);
  const worded = wanted.map(tellArm);
  if (flags.json === true) out.write(`${JSON.stringify(worded.length === 1 ? worded[0] : worded, null, 2)}\n`);
  else out.write(wanted.map((arm) => describeArm(arm, flags.all === true)).join('\n'));
  return wanted.some(({ refusals }) => refusals.length > 0) ? 2 : 0;
}

async function diff({ context: { signal, out }, session: { daemons }, scenario, flags }: Job): Promise<number> {
  const differences = await diffStack({ daemons, scenario, signal });
  out.write(flags.json === true ? `${JSON.stringify(differences, null, 2)}\n` : describeDifferences(differences));
  return differences.length === 0 && scenario.expect !== 'same' ? 2 : 0;
}

function armsOf(text: string | undefined): readonly ArmName[] {
  const found = ARMS.filter((arm) => text === undefined || arm === text);
  if (found.length > 0) return found;
  throw new SlopegateError('USAGE', `--arm ${text}: expected baseline or candidate`);
}
