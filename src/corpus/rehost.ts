import type { RequestParts } from '../requests/index.js';

/** Replaces the host in Host headers, also in exact bytes. A request without one stays without one. */
export function rehosting(host: string): (parts: RequestParts) => RequestParts {
  return (parts) => ({
    ...parts,
    headers: parts.headers.map(([name, value]) => [name, name.toLowerCase() === 'host' ? host : value] as const),
    ...(parts.raw === undefined
      ? {}
      : {
          raw: Buffer.from(
            Buffer.from(parts.raw)
              .toString('latin1')
              .replace(/^(host:[ \t]*)[^\r\n]*/im, (_, name: string) => name + host),
            'latin1',
          ),
        }),
  });
}
