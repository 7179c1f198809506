import { expect, test } from 'vitest';
import type { ShownArm } from '../../src/arms/show-stack.js';
import { describeArm, describeDifferences } from '../../src/cli/stack-view.js';

const shown: ShownArm = {
  arm: 'candidate',
  model: { services: { waf: {}, 'waf.side': {}, db: {} } },
  refusals: [
    { path: 'services.waf.volumes', what: '/var/run …', allow: 'docker-socket', service: 'waf', mount: 'waf:/app/run' },
    { path: 'networks', what: 'nonsense', allow: null },
  ],
  changes: [
    { path: 'services.waf.restart', what: 'switched off' },
    { path: 'services.db.restart', what: 'switched off' },
    { path: 'services.waf.side.ports', what: '80 not published' },
    { path: 'services.waf.ports', what: '443 not published' },
    { path: 'services.waf.environment.DSN', what: 'names the host', mustKnow: true, fix: 'write db:5432' },
  ],
  notes: ['Not here yet: waf.'],
};

test('refused, to be known, done: in this order, with the ways out, alike changes together', () => {
  expect(describeArm(shown, false)).toBe(`candidate: 3 services (waf, waf.side, db)
  Refused: the arm is not started (2)
    services.waf.volumes: /var/run …
      → remove the mount: without: ["waf:/app/run"] in the arm
      → remove the service: omit: [waf] in the arm
      → allow it: stack.allow: [docker-socket]
    networks: nonsense
  You must know (2)
    waf environment.DSN: names the host
      → write db:5432
    Not here yet: waf.
  Done (2)
    restart (waf, db): switched off
    ports (waf.side, waf): 2 changes, for example: 80 not published
`);
});

test('--all shows each change by itself', () => {
  expect(describeArm(shown, true)).toContain(`  Done (4)
    services.waf.restart: switched off
    services.db.restart: switched off
`);
});

test('differences stand by kind, with both values', () => {
  const waf = { service: 'waf', path: 'services.waf.image', baseline: 'waf:1.4', candidate: 'waf:1.5' };
  expect(
    describeDifferences([
      { kind: 'image', ...waf },
      { kind: 'service', service: 'ui', path: 'services.ui', baseline: null, candidate: 'ui:1' },
      { kind: 'settings', service: null, path: 'networks.a.internal', baseline: null, candidate: true },
    ]),
  ).toBe(`images:
  waf image: waf:1.4 → waf:1.5
services:
  ui: only in the candidate
settings:
  networks.a.internal: not stated → true
`);
  expect(describeDifferences([])).toMatch(/do not differ/);
});
