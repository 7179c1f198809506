import type { Allowance } from '../model/index.js';
import type { ComposeModel, ComposeService } from '../compose/model.js';
import { chooseSubnets } from './choose-subnets.js';
import { joinHostServices } from './host-network.js';
import type { HostPath } from './host-path.js';
import { ownMounts, type Copy } from './mounts.js';
import { omitServices } from './omit.js';
import { reachInternal } from './reach-internal.js';
import { refusalsOf, type Refusal } from './refusals.js';
import type { Move } from './relocation.js';
import { ownNetworks, ownVolumes } from './resources.js';
import { SERVICE_RULES } from './service-rules.js';
import { publishThroughHost } from './share-network.js';

/** What an arm gets in place of what its compose file says. */
export interface IsolateOptions {
  /** Compose project, a name of the arm's own. */
  readonly project: string;
  /** On every container, network and volume. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Container ports that the harness must reach; each gets a free port of `publishedOn`, and nothing else is published.
   */
  readonly publish: readonly { readonly service: string; readonly port: number }[];
  /** Address of the daemon's host: 127.0.0.1, unless the harness can't reach that. */
  readonly publishedOn: string;
  /** Whether the daemon's host is another machine, whose files are not those at `hostPaths`. */
  readonly elsewhere: boolean;
  /** Limits of every container; null leaves the compose file's own. */
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null };
  /** Service → image id or name that is started, whatever the compose file says. */
  readonly images: Readonly<Record<string, string>>;
  /** Services of the compose file that this arm does without. */
  readonly omit: readonly string[];
  /** Subnets of the daemon's networks and of the host's routes. */
  readonly subnetsInUse: readonly string[];
  /** What stands at the host paths that are mounted. */
  readonly hostPaths: Readonly<Record<string, HostPath>>;
  readonly allow: readonly Allowance[];
  /** Services whose health a step waits for. */
  readonly awaited: readonly string[];
  /** Whether the engine can check health while a container starts and then leave it alone (API 1.44). */
  readonly startupChecks: boolean;
}

/** One thing that was changed, in words. */
export interface Change {
  /** Where in the model: `services.waf.ports`. */
  readonly path: string;
  readonly what: string;
}

/** A part of the model after a rule, and what the rule changed that its author may care about. */
export interface Changed<Part> {
  readonly part: Part;
  readonly changes: readonly Change[];
}

export interface Isolated {
  readonly model: ComposeModel;
  readonly changes: readonly Change[];
  /** What keeps this model from being started. */
  readonly refusals: readonly Refusal[];
  /** What is put into the arm's own volumes and containers before they start. */
  readonly copies: readonly Copy[];
  /** Where the subnets went; texts that are copied are rewritten by them. */
  readonly moves: readonly Move[];
}

/**
 * Rewrites a resolved compose model so that nothing of it clashes with another copy, with the host or with the
 * measurement. Pure.
 */
export function isolate(original: ComposeModel, stated: IsolateOptions): Isolated {
  const kept = omitServices(original, stated.omit);
  const options = { ...stated, awaited: [...stated.awaited, ...awaitedByOthers(kept.part)] };
  const changes: Change[] = [...kept.changes];
  const subnets = chooseSubnets(kept.part, options.subnetsInUse, options.project);
  const mounted = ownMounts(kept.part, options, subnets.moves);
  changes.push(...mounted.changes);
  const services = Object.entries(mounted.part.services).map(
    ([name, service]) => [name, applyRules(name, service, options, subnets.moves, changes)] as const,
  );
  const joined = joinHostServices({ ...mounted.part, services: Object.fromEntries(services) });
  changes.push(...joined.changes);
  const reachable = reachInternal(publishThroughHost(joined.part));
  changes.push(...reachable.changes);
  const networks = ownNetworks(reachable.part, options, subnets);
  const volumes = ownVolumes(joined.part.volumes ?? {}, options);
  changes.push(...networks.changes, ...volumes.changes);
  return {
    model: {
      ...withoutExtensions(reachable.part),
      name: options.project,
      networks: networks.part,
      volumes: volumes.part,
    },
    changes,
    refusals: refusalsOf(kept.part, options, subnets),
    copies: mounted.copies,
    moves: subnets.moves,
  };
}

function applyRules(
  name: string,
  service: ComposeService,
  options: IsolateOptions,
  moves: readonly Move[],
  changes: Change[],
): ComposeService {
  return SERVICE_RULES.reduce((current, rule) => {
    const { part, changes: made } = rule(current, name, options, moves);
    changes.push(...made.map(({ path, what }) => ({ path: `services.${name}.${path}`, what })));
    return part;
  }, service);
}

function awaitedByOthers({ services }: ComposeModel): string[] {
  return Object.values(services).flatMap(({ depends_on: others = {} }) =>
    Object.entries(others)
      .filter(([, { condition }]) => condition === 'service_healthy')
      .map(([name]) => name),
  );
}

/** Extension keys are the author's own notes; what was made of them stands in the services. */
function withoutExtensions(model: ComposeModel): ComposeModel {
  return Object.fromEntries(Object.entries(model).filter(([key]) => !key.startsWith('x-'))) as unknown as ComposeModel;
}
