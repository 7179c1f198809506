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
  { profiles: _profiles, depends_on: others, ...stated }: ComposeService,
  services: ComposeModel['services'],
): ComposeService {
  const service = withZeroLimits(stated);
  if (others === undefined) return service;
  const kept = Object.entries(others).filter(
    ([name, { required }]) => required !== false || Object.hasOwn(services, name),
  );
  return { ...service, depends_on: Object.fromEntries(kept) };
}

type Ulimits = Readonly<Record<string, number | { readonly soft?: number; readonly hard?: number }>>;

/** `docker compose config` leaves out a limit that is 0 (`core: 0` becomes `core: {}`), then refuses its own text. */
function withZeroLimits({ ulimits, ...service }: ComposeService): ComposeService {
  if (ulimits === undefined || ulimits === null) return service;
  const whole = Object.entries(ulimits as Ulimits).map(
    ([name, limit]) => [name, typeof limit === 'number' ? limit : { soft: 0, hard: 0, ...limit }] as const,
  );
  return { ...service, ulimits: Object.fromEntries(whole) };
}
