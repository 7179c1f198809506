import type { ComposeModel, ComposeService } from './model.js';

/**
 * The model with exactly the services that Compose would start. `docker compose config` has chosen them already, but it
 * keeps `profiles`. A second reading without the profile's name would lose these services. It also keeps optional
 * dependencies on services that it has not chosen, and a second reading refuses them. A service that joins another one
 * by the name of its container joins that service.
 */
export function startedModel(resolved: ComposeModel): ComposeModel {
  const containers = new Map(
    Object.entries(resolved.services).flatMap(([name, { container_name: container }]) =>
      container === undefined ? [] : [[container, name] as const],
    ),
  );
  const services = Object.entries(resolved.services).map(
    ([name, service]) => [name, byServices(asStarted(service, resolved.services), containers)] as const,
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

const OF_CONTAINER = 'container:';
const JOINING = ['network_mode', 'pid', 'ipc'] as const;

/** `network_mode: container:vpn` is `service:gluetun` if this is the name of gluetun's container. */
function byServices(service: ComposeService, containers: ReadonlyMap<string, string>): ComposeService {
  const joined = (value: unknown, prefix: string): unknown => {
    if (typeof value !== 'string' || !value.startsWith(OF_CONTAINER)) return value;
    const [container = '', ...mode] = value.slice(OF_CONTAINER.length).split(':');
    const other = containers.get(container);
    return other === undefined ? value : [`${prefix}${other}`, ...mode].join(':');
  };
  const { volumes_from: volumes } = service;
  return {
    ...service,
    ...Object.fromEntries(
      JOINING.flatMap((key) => (service[key] === undefined ? [] : [[key, joined(service[key], 'service:')]])),
    ),
    ...(Array.isArray(volumes) ? { volumes_from: volumes.map((value) => joined(value, '')) } : {}),
  };
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
