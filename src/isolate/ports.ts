import type { Change, Changed } from '../model/index.js';
import type { ComposePort, ComposeService } from '../compose/model.js';
import type { IsolateOptions } from './types.js';

/** Publishes only the ports that slopegate needs, on free ports of one address. */
export function publishPorts(
  service: ComposeService,
  name: string,
  { publish, publishedOn }: IsolateOptions,
): Changed<ComposeService> {
  const wanted = [...new Set(publish.filter((entry) => entry.service === name).map((entry) => entry.port))];
  const { ports = [], ...rest } = service;
  const changes: Change[] = ports
    .filter((port) => !(wanted.includes(port.target) && port.host_ip === publishedOn && isFree(port)))
    .map((port): Change => {
      const { target } = port;
      return wanted.includes(target)
        ? { path: 'ports', code: 'port-moved', facts: { port: describe(port), address: publishedOn } }
        : { path: 'ports', code: 'port-not-published', facts: { port: describe(port) } };
    });
  if (wanted.length === 0) return { part: rest, changes };
  const published = wanted.map((target) => ({
    mode: 'ingress',
    host_ip: publishedOn,
    target,
    published: '0',
    protocol: 'tcp',
  }));
  return { part: { ...rest, ports: published }, changes };
}

function isFree({ published }: ComposePort): boolean {
  return published === undefined || published === '' || published === '0';
}

function describe(port: ComposePort): string {
  const parts = [port.host_ip, isFree(port) ? undefined : port.published, port.target];
  return `${parts.filter((part) => part !== undefined).join(':')}/${port.protocol ?? 'tcp'}`;
}
