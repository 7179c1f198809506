import type { ComposeModel, ComposeService } from './model.js';

/**
 * The model of exactly those services that Compose would start. `docker compose config` has chosen them already, but
 * leaves `profiles` in, by which a second reading without the profile's name would lose them. It also leaves in
 * optional dependencies on services that it has not chosen, which a second reading refuses. Pure.
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
