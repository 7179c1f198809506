import type { ComposeModel, ComposeService } from '../compose/model.js';

/** Why one service needs another: the key that names it. */
export interface Need {
  readonly key: 'depends_on' | 'links' | 'volumes_from' | 'network_mode' | 'pid' | 'ipc';
  readonly service: string;
}

/** Every other service that a service names, with any key. */
export function needsOf(service: ComposeService): Need[] {
  const joined = (['network_mode', 'pid', 'ipc'] as const).flatMap((key): Need[] => {
    const mode = service[key];
    return typeof mode === 'string' && mode.startsWith('service:')
      ? [{ key, service: mode.slice('service:'.length) }]
      : [];
  });
  const first = (text: string): string => text.split(':')[0] ?? '';
  return [
    ...Object.keys(service.depends_on ?? {}).map((name): Need => ({ key: 'depends_on', service: name })),
    ...texts(service['links']).map((text): Need => ({ key: 'links', service: first(text) })),
    ...texts(service['volumes_from'])
      .filter((text) => !text.startsWith('container:'))
      .map((text): Need => ({ key: 'volumes_from', service: first(text) })),
    ...joined,
  ];
}

/** Whether a service starts only after the other, directly or through others. */
export function startsAfter(
  { services }: ComposeModel,
  name: string,
  other: string,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  const direct = needsOf(services[name] ?? {}).map(({ service }) => service);
  return (
    direct.includes(other) ||
    direct.some((next) => !seen.has(next) && startsAfter({ services }, next, other, new Set([...seen, name])))
  );
}

/** Services that others wait for until they have done their work and ended. */
export function endingServices({ services }: ComposeModel): ReadonlySet<string> {
  return new Set(
    Object.values(services).flatMap(({ depends_on: others = {} }) =>
      Object.entries(others)
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([name]) => name),
    ),
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
