import type { Command } from 'commander';
import { connectDocker, prune, type Removed } from '../../stack/index.js';
import type { Action } from '../action.js';

export function pruneCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('prune')
    .description('remove every container, network and volume that carries the label io.slopegate')
    .option('--run <id>', 'only what this run left')
    .option('--host <host>', 'on another Docker daemon: its address, or the name of a context')
    .option('--json', 'print what was removed as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slopegate prune
  slopegate prune --run modsecurity-xml-rollback-20261121-204501-4711

It also removes what a run that is still going on has up. Images stay: they are the build cache.`,
    )
    .action((options: { run?: string; host?: string; json?: boolean }) =>
      choose(async (context) => {
        await using daemon = await connectDocker(context.env, options.host ?? null);
        const removed = await prune(daemon, options.run === undefined ? {} : { runId: options.run });
        context.out.write(options.json ? `${JSON.stringify(removed, null, 2)}\n` : summary(removed));
        return 0;
      }),
    );
}

function summary(removed: Removed): string {
  const lines = (['containers', 'networks', 'volumes'] as const).flatMap((kind) =>
    removed[kind].map((name) => `removed ${kind.slice(0, -1)} ${name}\n`),
  );
  return lines.length > 0 ? lines.join('') : 'nothing of ours is left\n';
}
