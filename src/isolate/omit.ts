import type { ComposeModel, ComposeService } from '../compose/model.js';
import { needsOf } from './needs.js';
import type { Change, Changed, Refusal } from '../model/index.js';

/** The model without the services that the scenario omits. No other service waits for them any more. */
export function omitServices(model: ComposeModel, omit: readonly string[]): Changed<ComposeModel> {
  if (omit.length === 0) return { part: model, changes: [] };
  const left = omit.filter((name) => model.services[name] !== undefined);
  const changes: Change[] = left.map((name) => ({ path: `services.${name}`, code: 'service-omitted', facts: {} }));
  const services = Object.entries(model.services)
    .filter(([name]) => !omit.includes(name))
    .map(([name, service]) => {
      for (const other of linked(service, omit))
        changes.push({
          path: `services.${name}.links`,
          code: 'link-removed',
          facts: { service: other },
        });
      return [name, withoutWaiting(service, omit)] as const;
    });
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}

/** Services that use a namespace or the volumes of an omitted service, so they cannot start. */
export function needingOmitted({ services }: ComposeModel, omit: readonly string[]): Refusal[] {
  return Object.entries(services)
    .filter(([name]) => !omit.includes(name))
    .flatMap(([name, service]) =>
      needsOf(service)
        .filter((need) => omit.includes(need.service) && need.key !== 'depends_on' && need.key !== 'links')
        .map((need): Refusal => ({
          path: `services.${name}.${need.key}`,
          code: 'needs-omitted',
          facts: { service: name, needs: need.service },
          allow: null,
          service: name,
        })),
    );
}

function linked(service: ComposeService, omit: readonly string[]): string[] {
  return needsOf(service)
    .filter((need) => need.key === 'links' && omit.includes(need.service))
    .map((need) => need.service);
}

function withoutWaiting(service: ComposeService, omit: readonly string[]): ComposeService {
  const { depends_on: others, links, ...rest } = service;
  const isLeft = (text: unknown): boolean => omit.includes(String(text).split(':')[0] ?? '');
  return {
    ...rest,
    ...(others === undefined
      ? {}
      : { depends_on: Object.fromEntries(Object.entries(others).filter(([other]) => !omit.includes(other))) }),
    ...(Array.isArray(links) ? { links: links.filter((link) => !isLeft(link)) } : {}),
  };
}
