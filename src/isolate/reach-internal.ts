import type { Change, Changed } from '../model/index.js';
import type { ComposeModel, ComposeService } from '../compose/model.js';

/**
 * Docker publishes no ports of a container whose networks are all internal. So such a service is also connected to the
 * arm's default network.
 */
export function reachInternal(model: ComposeModel): Changed<ComposeModel> {
  const changes: Change[] = [];
  const services = Object.entries(model.services).map(([name, service]): readonly [string, ComposeService] => {
    const networks = Object.keys(service.networks ?? {});
    const internal =
      networks.length > 0 && networks.every((network) => model.networks?.[network]?.['internal'] === true);
    if (!internal || (service.ports ?? []).length === 0) return [name, service];
    changes.push({
      path: `services.${name}.networks`,
      code: 'default-network-added',
      facts: {},
    });
    return [name, { ...service, networks: { ...service.networks, default: null } }];
  });
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}
