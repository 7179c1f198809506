import { hostname } from 'node:os';
import type { Command } from 'commander';
import { connectDocker } from '../../docker/connect.js';
import { describeOwner, prune, type Pruned } from '../../stack/index.js';
import type { Action } from '../action.js';

interface PruneFlags {
  readonly run?: string;
  readonly host?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function pruneCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('prune')
    .description(
      'remove containers, networks, volumes and mixed images that killed runs left behind (label io.slopegate)',
    )
    .option('--run <id>', 'only those of this run')
    .option('--force', 'also those of runs that are still in progress, or may be')
    .option('--dry-run', 'print what would be removed, and remove nothing')
    .option('--host <host>', 'on another Docker daemon: its address, or the name of a context')
    .option('--json', 'print what was removed as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slopegate prune
  slopegate prune --dry-run
  slopegate prune --run modsecurity-xml-rollback-20261121-204501-4711

If the process of a run is alive, or is on another host or in another container, its containers are kept
and named; --force removes them too.
Images that were built are kept: they are the build cache.`,
    )
    .action(({ run, force = false, dryRun = false, host, json }: PruneFlags) =>
      choose(async (context) => {
        await using daemon = await connectDocker(context.env, host ?? null);
        const here = await describeOwner({ hostname: hostname(), pid: context.pid });
        const pruned = await prune(daemon, { here, force, dryRun, ...(run === undefined ? {} : { runId: run }) });
        context.out.write(json ? `${JSON.stringify({ dryRun, ...pruned }, null, 2)}\n` : summary(pruned, dryRun));
        return 0;
      }),
    );
}

function summary(pruned: Pruned, dryRun: boolean): string {
  const verb = dryRun ? 'would remove' : 'removed';
  const lines = (['containers', 'networks', 'volumes', 'images'] as const).flatMap((kind) =>
    pruned[kind].map((name) => `${verb} ${kind.slice(0, -1)} ${name}\n`),
  );
  const kept = pruned.kept.map(({ runId, owner }) =>
    owner === 'alive'
      ? `left alone: run ${runId} is still going on\n`
      : `left alone: run ${runId} may still be going on, its process cannot be seen from here (--force removes it)\n`,
  );
  return [...lines, ...kept].join('') || 'nothing of ours is left\n';
}
