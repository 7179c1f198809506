import { expect, test } from 'vitest';
import type { ComposeService } from '../../src/compose/model.js';
import { refuseLostHooks } from '../../src/compose/hooks.js';

const hook = { post_start: [{ command: ['touch', '/ready'] }] };
const check = (version: string, service: ComposeService) =>
  refuseLostHooks(
    { version, command: [], env: {} },
    { services: { db: {}, waf: service } },
    { label: 'one', compose: ['/srv/compose.yml'], environment: {} },
  );

test.each(['2.0.0', '2.26.1', '2.29.7'])(
  'Compose %s would leave the commands out, so the run is refused',
  (version) => {
    expect(() => check(version, hook)).toThrow('waf has commands to run after its start (post_start), which Docker');
    expect(() => check(version, {})).not.toThrow();
  },
);

test.each(['2.30.0', '2.40.3-desktop.1', '5.0.1'])('Compose %s runs them', (version) => {
  expect(() => check(version, hook)).not.toThrow();
});
