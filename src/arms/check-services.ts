import type { ComposeModel } from '../compose/model.js';
import { ARMS, SlopegateError, type ArmName, type Scenario } from '../model/index.js';
import { needsOf } from '../steps/index.js';
import { settingsOf } from './isolate-arm.js';

/** The services that the scenario names must exist. Otherwise a typing error would lead to a wrong verdict. */
export function checkServices(scenario: Scenario, models: Readonly<Record<ArmName, ComposeModel>>): void {
  const { file, stack, arms } = scenario;
  const complain = (field: string, service: string, services: readonly string[], where: string): never => {
    throw new SlopegateError(
      'COMPOSE_CONFIG',
      `${field} names the service "${service}", which ${where} does not have.`,
      {
        location: file,
        hint:
          `${services.length === 0 ? 'It starts none.' : `Its services: ${services.join(', ')}.`} ` +
          'A service with profiles is only there if COMPOSE_PROFILES in arms.X.environment names one of them.',
      },
    );
  };
  const remaining = (arm: ArmName): string[] =>
    Object.keys(models[arm].services).filter((service) => arms[arm].omit?.includes(service) !== true);
  for (const arm of ARMS) {
    const all = Object.keys(models[arm].services);
    for (const service of arms[arm].omit ?? [])
      if (!all.includes(service)) complain(`arms.${arm}.omit`, service, all, `the ${arm}`);
    checkWithout(scenario, arm, models[arm]);
    const services = remaining(arm);
    const { entry, origin, steps, upgraded, actions } = settingsOf(scenario, arm);
    const named: (readonly [string, string])[] = [
      ['stack.entry', entry.service],
      ...(origin === null ? [] : [['stack.origin', origin.service] as const]),
      ...needsOf([...steps, ...upgraded]).services.map((service) => ['stack.steps', service] as const),
      ...needsOf(actions).services.map((service) => ['experiment.actions', service] as const),
    ];
    for (const [field, service] of named)
      if (!services.includes(service)) complain(field, service, services, `the ${arm}`);
    refuseNone(scenario, arm, entry.service, models[arm]);
  }
  const either = [...new Set(ARMS.flatMap(remaining))];
  for (const service of Object.keys(stack.roles))
    if (!either.includes(service)) complain('stack.roles', service, either, 'neither arm');
  const roles = new Set([...either, ...Object.values(stack.roles)]);
  for (const service of stack.unjudged)
    if (!roles.has(service)) complain('stack.unjudged', service, either, 'neither arm');
}

/** A service that is scaled to 0 takes no requests. */
function refuseNone({ file }: Scenario, arm: ArmName, name: string, { services }: ComposeModel): void {
  const { scale, deploy } = services[name] ?? {};
  if (scale !== 0 && deploy?.['replicas'] !== 0) return;
  throw new SlopegateError('COMPOSE_CONFIG', `${name}, the entry of the ${arm}, has no container: it is scaled to 0.`, {
    location: file,
    hint: 'Give it at least one container (scale, deploy.replicas) in another compose file for the test.',
  });
}

/** A mount that is left out must exist. Otherwise it would stay although the author believes that it is gone. */
function checkWithout({ file, arms }: Scenario, arm: ArmName, { services }: ComposeModel): void {
  for (const text of arms[arm].without ?? []) {
    const [service = ''] = text.split(':');
    const targets = (services[service]?.volumes ?? []).map(({ target }) => target);
    if (targets.includes(text.slice(service.length + 1))) continue;
    throw new SlopegateError(
      'COMPOSE_CONFIG',
      `arms.${arm}.without names ${text}, which is not a mount of the ${arm}.`,
      {
        location: file,
        hint:
          targets.length === 0
            ? `${service} has no mounts; write a mount as its service and its path in the container: mgt:/app/run.`
            : `Its mounts: ${targets.map((target) => `${service}:${target}`).join(', ')}.`,
      },
    );
  }
}
