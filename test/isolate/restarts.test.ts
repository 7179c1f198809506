import { expect, test } from 'vitest';
import { alone } from './options.js';

test.each([
  [{}, 'no'],
  [{ restart: 'no' }, 'no'],
  [{ restart: 'always' }, 'unless-stopped'],
  [{ restart: 'unless-stopped' }, 'unless-stopped'],
  [{ restart: 'on-failure:3' }, 'on-failure:3'],
  [{ deploy: { restart_policy: {} } }, 'unless-stopped'],
  [{ deploy: { restart_policy: { condition: 'none' } }, restart: 'always' }, 'no'],
  [{ deploy: { restart_policy: { condition: 'on-failure', max_attempts: 4 }, replicas: 2 } }, 'on-failure:4'],
])('%j is %s while the arm starts', (service, restart) => {
  const { model, changes } = alone(service);
  expect(model.services['waf']).toHaveProperty('restart', restart);
  expect(JSON.stringify(model)).not.toContain('restart_policy');
  expect(changes.some(({ path }) => path === 'services.waf.restart')).toBe(restart !== 'no');
});
