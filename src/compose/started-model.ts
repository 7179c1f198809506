import type { ComposeModel, ComposeService } from './model.js';

/**
 * The model with exactly the services that Compose would start. `docker compose config` has chosen them already, but it
 * keeps `profiles`. A second reading without the profile's name would lose these services. It also keeps optional
 * dependencies on services that it has not chosen, and a second reading refuses them.
 */
export function startedModel(resolved: ComposeModel): ComposeModel {
  const services = Object.entries(resolved.services).map(
    ([name, service]) => [name, asStarted(service, resolved.services)] as const,
  );
  return { ...resolved, services: Object.fromEntries(services) };
}

function asStarted(
  { profiles: _profiles, depends_on: others, ...service }: ComposeService,
  services: ComposeModel['services'],
): ComposeService {
  if (others === undefined) return service;
  const kept = Object.entries(others).filter(
    ([name, { required }]) => required !== false || Object.hasOwn(services, name),
  );
  return { ...service, depends_on: Object.fromEntries(kept) };
}
