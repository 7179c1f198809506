const SHORT = /^(?:.*:)?(\d+)(?:\/(tcp|udp))?$/;

/** TCP ports in the container that a service publishes, in the short form (`8080:80`) or the long one. */
export function portsOf(ports: unknown): number[] {
  if (!Array.isArray(ports)) return [];
  return ports.flatMap((port: unknown) => {
    if (typeof port === 'number') return [port];
    if (typeof port === 'string') {
      const [, target, protocol] = SHORT.exec(port) ?? [];
      return target === undefined || protocol === 'udp' ? [] : [Number(target)];
    }
    if (typeof port !== 'object' || port === null) return [];
    const { target, protocol } = port as { readonly target?: unknown; readonly protocol?: unknown };
    return protocol === 'udp' || !/^\d+$/.test(String(target)) ? [] : [Number(target)];
  });
}
