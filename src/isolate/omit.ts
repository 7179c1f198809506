import type { ComposeModel, ComposeService } from '../compose/model.js';
import type { Change, Changed } from './types.js';

/** The model without the services that the scenario leaves out; nobody waits for them any more. */
export function omitServices(model: ComposeModel, omit: readonly string[]): Changed<ComposeModel> {
  if (omit.length === 0) return { part: model, changes: [] };
  const changes: Change[] = omit
    .filter((name) => model.services[name] !== undefined)
    .map((name) => ({ path: `services.${name}`, what: 'left out, as the scenario says' }));
  const services = Object.entries(model.services)
    .filter(([name]) => !omit.includes(name))
    .map(([name, service]) => [name, withoutWaiting(service, omit)] as const);
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}

function withoutWaiting({ depends_on: others, ...service }: ComposeService, omit: readonly string[]): ComposeService {
  if (others === undefined) return service;
  return {
    ...service,
    depends_on: Object.fromEntries(Object.entries(others).filter(([other]) => !omit.includes(other))),
  };
}
