import type { Change, Changed } from '../model/index.js';
import type { ComposeModel } from '../compose/model.js';
import { textsOfServices } from '../hostpaths/service-texts.js';
import type { IsolateOptions } from './types.js';

/**
 * Compose names the first container of a service `PROJECT-SERVICE-1`. If a text uses such a name, the arm's container
 * gets it as an additional network name.
 */
export function keepMadeNames(model: ComposeModel, { hostPaths }: IsolateOptions): Changed<ComposeModel> {
  const { name: project } = model;
  if (project === undefined) return { part: model, changes: [] };
  const texts = textsOfServices(model, hostPaths).map(({ text }) => text);
  const changes: Change[] = [];
  const services = Object.entries(model.services).map(([name, service]) => {
    const made = [`${project}-${name}-1`, `${project}_${name}_1`].filter((text) =>
      texts.some((other) => other.includes(text)),
    );
    if (made.length === 0 || service.networks === undefined) return [name, service] as const;
    changes.push({ path: `services.${name}.networks`, code: 'found-as-in-production', facts: { names: made } });
    const networks = Object.entries(service.networks).map(
      ([network, attachment]) =>
        [network, { ...attachment, aliases: [...(attachment?.aliases ?? []), ...made] }] as const,
    );
    return [name, { ...service, networks: Object.fromEntries(networks) }] as const;
  });
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}
