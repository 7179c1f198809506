import type { ComposeService } from '../compose/model.js';
import type { Change, Changed, IsolateOptions } from './types.js';

/**
 * Long enough for any migration; within it the engine asks every second, and once the answer was good not again for a
 * day.
 */
const WHILE_STARTING = { start_period: '1h0m0s', start_interval: '1s', interval: '24h0m0s' };

/**
 * A health check is a process inside the container, and looks like growth. It is asked while the container starts,
 * where another service or a step
 * waits for it, and then left alone; an engine that can't do so has none, and the wait is for the start only.
 */
export function healthWhileStarting(
  service: ComposeService,
  name: string,
  { awaited, startupChecks }: IsolateOptions,
): Changed<ComposeService> {
  const changes: Change[] = [];
  const dependencies = Object.entries(service.depends_on ?? {}).map(([other, dependency]) => {
    if (dependency.condition !== 'service_healthy' || startupChecks) return [other, dependency] as const;
    changes.push({
      path: `depends_on.${other}`,
      what: 'waits for the start only: with this engine, health checks cannot be stopped after the start',
    });
    return [other, { ...dependency, condition: 'service_started' }] as const;
  });
  const part =
    service.depends_on === undefined ? service : { ...service, depends_on: Object.fromEntries(dependencies) };
  const check = service.healthcheck;
  const has = check !== undefined && check['disable'] !== true;
  if (startupChecks && awaited.includes(name)) {
    if (has)
      changes.unshift({
        path: 'healthcheck',
        what: 'runs only while the container starts: repeated checks disturb the memory readings',
      });
    return { part: { ...part, healthcheck: { ...check, ...WHILE_STARTING } }, changes };
  }
  if (has)
    changes.unshift({
      path: 'healthcheck',
      what: 'turned off: it disturbs the memory readings; slopegate checks from outside',
    });
  return { part: { ...part, healthcheck: { disable: true } }, changes };
}
