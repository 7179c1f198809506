import type { ReadStack } from './read-stack.js';

/** The profiles that a service has; one of them must be asked for. Empty if it is always started. */
export function profilesOf({ profiles }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(profiles) ? profiles.map(String) : [];
}

/** Services that Compose would start: those without a profile, and those of a profile that is asked for. */
export function startedServices({ services, profiles: wanted }: ReadStack): NonNullable<ReadStack['services']> {
  const started = Object.entries(services ?? {}).filter(([, service]) => {
    const own = profilesOf(service);
    return own.length === 0 || wanted.includes('*') || own.some((name) => wanted.includes(name));
  });
  return Object.fromEntries(started);
}
