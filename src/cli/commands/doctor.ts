import { getuid } from 'node:process';
import type { Command } from 'commander';
import { connectDocker } from '../../docker/connect.js';
import { inspectDocker } from '../../docker/inspect-docker.js';
import { EXIT } from '../../model/index.js';
import { swapBytes } from '../../run/docker.js';
import { hostState } from '../../run/preflight.js';
import type { Action } from '../action.js';
import { checksOf, type Check } from '../health.js';
import { palette } from '../palette.js';

/** Base images of the scenarios in this package. */
const BASE_IMAGES = ['debian:bookworm-slim', 'debian:trixie-slim'];

export function doctorCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('doctor')
    .description('check what this host can do, with a hint for each thing that is missing')
    .option('--host <host>', 'another Docker daemon: its address, or the name of a context')
    .option('--json', 'print the checks as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slopegate doctor
  slopegate doctor --host ssh://root@waf-2
  slopegate doctor --json | jq '.[] | select(.state == "missing")'

Exit code 0 if a run can work here, 5 if something that it needs is missing.`,
    )
    .action((options: { host?: string; json?: boolean }) =>
      choose(async (context) => {
        await using daemon = await connectDocker(context.env, options.host ?? null);
        const report = await inspectDocker(daemon, BASE_IMAGES);
        const { host, context: name, local } = daemon;
        const checks = checksOf({
          report,
          host,
          context: name,
          local,
          swap: await swapBytes(daemon),
          node: process.version,
          root: getuid?.() === 0,
          ...(report.daemon === null
            ? {}
            : { state: await hostState(daemon, context.cwd, context.clock, context.signal) }),
        });
        context.out.write(
          options.json
            ? `${JSON.stringify(checks, null, 2)}\n`
            : checks.map((check) => line(check, palette(context.out))).join(''),
        );
        return checks.some(({ state }) => state === 'missing') ? EXIT.environment : EXIT.pass;
      }),
    );
}

function line({ name, state, detail, hint }: Check, colours: ReturnType<typeof palette>): string {
  const mark = { ok: colours.green('ok     '), note: colours.yellow('note   '), missing: colours.red('missing') }[
    state
  ];
  return `${mark}  ${name.padEnd(14)} ${detail}\n${hint === null ? '' : `${' '.repeat(24)} ${colours.dim(hint)}\n`}`;
}
