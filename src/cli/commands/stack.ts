import type { Command } from 'commander';
import { ARMS, SlopegateError, type ArmName } from '../../model/index.js';
import { loadScenario } from '../../scenario/index.js';
import { showStack, type ShownArm } from '../../stack/index.js';
import type { Action } from '../action.js';
import { openDocker } from '../../run/docker.js';

export function stackCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('stack')
    .description("show how a scenario's stack is isolated from the host and from its other copy")
    .argument('<show>', 'show: print the transformation and start nothing')
    .argument('<scenario>', 'a scenario YAML file')
    .option('--arm <arm>', 'baseline or candidate (default: both)')
    .option('--json', 'print the transformed compose model, too, as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slopegate stack show my-waf.yaml
  slopegate stack show my-waf.yaml --arm candidate --json

Ends with 2 where the stack would be refused.`,
    )
    .action((what: string, file: string, options: { arm?: string; json?: boolean }) =>
      choose(async (context) => {
        const { signal, out } = context;
        if (what !== 'show')
          throw new SlopegateError('USAGE', `stack ${what}: there is only "stack show"`, {
            hint: `slopegate stack show ${file}`,
          });
        const arms = armsOf(options.arm);
        const scenario = await loadScenario(file);
        await using session = await openDocker(context, scenario);
        const shown = await showStack({ daemons: session.daemons, scenario, signal });
        const wanted = arms.map((arm) => shown[arm]);
        if (options.json) out.write(`${JSON.stringify(wanted.length === 1 ? wanted[0] : wanted, null, 2)}\n`);
        else out.write(wanted.map(describe).join('\n'));
        return wanted.some(({ refusals }) => refusals.length > 0) ? 2 : 0;
      }),
    );
}

function armsOf(text: string | undefined): readonly ArmName[] {
  const found = ARMS.filter((arm) => text === undefined || arm === text);
  if (found.length > 0) return found;
  throw new SlopegateError('USAGE', `--arm ${text}: expected baseline or candidate`);
}

function describe({ arm, changes, refusals, notes, model }: ShownArm): string {
  const services = Object.keys(model.services);
  const lines = [
    `${arm}: ${services.length} service${services.length === 1 ? '' : 's'} (${services.join(', ')}), ${changes.length} change${changes.length === 1 ? '' : 's'}`,
    ...changes.map(({ path, what }) => `  ${path}: ${what}`),
    ...refusals.map(
      ({ path, what, allow }) =>
        `  REFUSED ${path}: ${what}${allow === null ? '' : ` (stack.allow: [${allow}]${path.startsWith('services.') ? ', or leave the service out with omit' : ''})`}`,
    ),
    ...notes.map((note) => `  note: ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}
