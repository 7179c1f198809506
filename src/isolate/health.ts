import type { Change, Changed } from '../model/index.js';
import type { ComposeService } from '../compose/model.js';
import type { IsolateOptions } from './types.js';

/** Long enough for any migration. During this time the engine checks every second; after a success, only once a day. */
const WHILE_STARTING = { start_period: '1h0m0s', start_interval: '1s', interval: '24h0m0s' };

/**
 * A health check is a process inside the container, and looks like growth. It runs only while the container starts, and
 * only if another service or a step waits for it. An engine that cannot do this gets no check, and other services wait
 * only for the start.
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
      code: 'waits-for-start',
      facts: {},
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
        code: 'health-while-starting',
        facts: {},
      });
    return { part: { ...part, healthcheck: { ...check, ...WHILE_STARTING } }, changes };
  }
  if (has)
    changes.unshift({
      path: 'healthcheck',
      code: 'health-off',
      facts: {},
    });
  return { part: { ...part, healthcheck: { disable: true } }, changes };
}
