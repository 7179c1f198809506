import type { ComposeModel, ComposeService } from '../compose/model.js';
import { chooseSubnets, type Move } from '../subnets/index.js';
import { addArmHost, HOST_SERVICE } from '../armhost/arm-host.js';
import { forwardsOf } from '../armhost/forwards.js';
import { hostMentions, needsHost } from '../armhost/mentions.js';
import { keepMadeNames } from './made-names.js';
import { movedContents } from './moved-contents.js';
import { needingOmitted, omitServices } from './omit.js';
import { tellOfOutbound } from './outbound.js';
import { ownMounts } from './paths/own-mounts.js';
import { reachInternal } from './reach-internal.js';
import { allowed, refusalsOf } from './refusals.js';
import { ownNetworks, ownVolumes } from './resources.js';
import { SERVICE_RULES } from './service-rules.js';
import { shareMemory } from './share-memory.js';
import { publishThroughHost } from './share-network.js';
import type { Change, Refusal } from '../model/index.js';
import type { Isolated, IsolateOptions } from './types.js';

/**
 * Rewrites a resolved compose model so that nothing of it clashes with another copy, with the host or with the
 * measurement. Pure.
 */
export function isolate(original: ComposeModel, stated: IsolateOptions): Isolated {
  const left = omitServices(original, stated.omit);
  const kept = keepMadeNames(left.part, stated);
  const options = { ...stated, awaited: [...stated.awaited, ...awaitedByOthers(kept.part)] };
  const changes: Change[] = [...left.changes, ...kept.changes];
  const subnets = chooseSubnets(kept.part, options.subnetsInUse, options.project);
  changes.push(...hostMentions(kept.part, options.hostPaths, subnets), ...tellOfOutbound(kept.part, options));
  const mounted = ownMounts(kept.part, options, subnets.moves);
  changes.push(...mounted.changes);
  const services = Object.entries(mounted.part.services).map(
    ([name, service]) => [name, applyRules(name, service, options, subnets.moves, changes)] as const,
  );
  const shared = shareMemory({ ...mounted.part, services: Object.fromEntries(services) });
  const isHostNeeded = needsHost(kept.part, options.hostPaths);
  const joined = isHostNeeded
    ? addArmHost(shared.part, options, { forwards: forwardsOf(kept.part), moves: subnets.moves })
    : { part: shared.part, changes: [] };
  changes.push(...shared.changes, ...joined.changes);
  const reachable = reachInternal(publishThroughHost(joined.part));
  changes.push(...reachable.changes);
  const contents = movedContents(reachable.part, subnets.moves);
  changes.push(...contents.changes);
  const networks = ownNetworks(reachable.part, options, subnets);
  const volumes = ownVolumes(joined.part.volumes ?? {}, options);
  changes.push(...networks.changes, ...volumes.changes);
  return {
    model: {
      ...withoutExtensions(contents.part),
      name: options.project,
      networks: networks.part,
      volumes: volumes.part,
    },
    changes,
    refusals: [
      ...needingOmitted(original, stated.omit),
      ...refusalsOf(kept.part, options, subnets),
      ...allowed(mounted.refusals, options),
      ...(isHostNeeded && kept.part.services[HOST_SERVICE] !== undefined ? [NAME_TAKEN] : []),
    ],
    copies: mounted.copies,
    apiSockets: mounted.apiSockets,
    moves: subnets.moves,
  };
}

const NAME_TAKEN: Refusal = {
  path: `services.${HOST_SERVICE}`,
  code: 'name-taken',
  facts: {},
  allow: null,
};

function applyRules(
  name: string,
  service: ComposeService,
  options: IsolateOptions,
  moves: readonly Move[],
  changes: Change[],
): ComposeService {
  return SERVICE_RULES.reduce((current, rule) => {
    const { part, changes: made } = rule(current, name, options, moves);
    changes.push(...made.map((change) => ({ ...change, path: `services.${name}.${change.path}` })));
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

/** Extension keys are notes of the author. Values that refer to them are already in the services. */
function withoutExtensions(model: ComposeModel): ComposeModel {
  return Object.fromEntries(Object.entries(model).filter(([key]) => !key.startsWith('x-'))) as unknown as ComposeModel;
}
