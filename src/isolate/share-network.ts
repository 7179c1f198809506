import type { ComposeModel, ComposeService } from '../compose/model.js';

/** A service in the network namespace of another one cannot publish ports itself. The other service publishes them. */
export function publishThroughHost(model: ComposeModel): ComposeModel {
  const services: Record<string, ComposeService> = { ...model.services };
  for (const [name, service] of Object.entries(model.services)) {
    const { ports = [], ...rest } = service;
    const other =
      service.network_mode?.startsWith('service:') === true ? service.network_mode.slice('service:'.length) : null;
    if (other === null || services[other] === undefined || ports.length === 0) continue;
    services[name] = rest;
    services[other] = { ...services[other], ports: [...(services[other].ports ?? []), ...ports] };
  }
  return { ...model, services };
}
