import type { Change, Changed } from '../model/index.js';
import type { ComposeModel } from '../compose/model.js';
import { endingServices, startsAfter } from './needs.js';

/** A container could use half of all memory as the host's shared memory. By default a container has only 64 MiB. */
const SIZE = String(1024 ** 3);

/**
 * Services that used the host's shared memory (`ipc: host`) share one of the arm's own: that of the first service that
 * does not wait for the others. A service that does its work and ends has its own.
 */
export function shareMemory(model: ComposeModel): Changed<ComposeModel> {
  const ending = endingServices(model);
  const all = Object.keys(model.services).filter((name) => model.services[name]?.['ipc'] === 'host');
  const members = all.filter((name) => !ending.has(name));
  const owner = members.find((name) => !members.some((other) => other !== name && startsAfter(model, name, other)));
  const changes = all.map((name): Change => {
    const path = `services.${name}.ipc`;
    return name === owner || owner === undefined || ending.has(name)
      ? { path, code: 'shared-memory-own', facts: {} }
      : { path, code: 'shared-memory-of', facts: { service: owner } };
  });
  const services = Object.entries(model.services).map(([name, service]) => {
    if (!all.includes(name)) return [name, service] as const;
    const { ipc: _ipc, ...rest } = service;
    if (name === owner) return [name, { ...rest, ipc: 'shareable', shm_size: rest['shm_size'] ?? SIZE }] as const;
    return [name, members.includes(name) ? { ...rest, ipc: `service:${owner}` } : rest] as const;
  });
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}
