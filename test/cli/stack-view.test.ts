import { expect, test } from 'vitest';
import type { ShownArm } from '../../src/arms/show-stack.js';
import { describeArm, describeDifferences, tellArm } from '../../src/cli/stack-view.js';

const shown: ShownArm = {
  arm: 'candidate',
  model: { services: { waf: {}, 'waf.side': {}, db: {} } },
  refusals: [
    {
      path: 'services.waf.volumes',
      code: 'daemon-given',
      facts: {},
      allow: 'docker-socket',
      service: 'waf',
      mount: 'waf:/app/run',
    },
    { path: 'networks', code: 'subnet-not-movable', facts: { subnet: 'nonsense' }, allow: null },
  ],
  changes: [
    { path: 'services.waf.restart', code: 'restarts-while-starting', facts: {} },
    { path: 'services.db.restart', code: 'restarts-while-starting', facts: {} },
    { path: 'services.waf.side.ports', code: 'port-not-published', facts: { port: '80/tcp' } },
    { path: 'services.waf.ports', code: 'port-not-published', facts: { port: '443/tcp' } },
    {
      path: 'services.waf.environment.DSN',
      code: 'names-unpublished-port',
      facts: { port: 5432, name: 'gate' },
      mustKnow: true,
    },
  ],
  notes: [{ code: 'images-absent', facts: { services: ['waf'] } }],
};

test('refused, to be known, done: in this order, with the ways out, alike changes together', () => {
  expect(describeArm(shown, false)).toBe(`candidate: 3 services (waf, waf.side, db)
  Refused: the arm is not started (2)
    services.waf.volumes: gives the container the host's Docker daemon
      → remove the mount: without: ["waf:/app/run"] in the arm
      → remove the service: omit: [waf] in the arm
      → allow it: stack.allow: [docker-socket]
    networks: nonsense cannot be moved: it is not a subnet, or no subnet of its size is free
  You must know (2)
    waf environment.DSN: names port 5432 of the host (gate), which no service publishes: nothing answers in the arm
      → if the test needs what listens there in production, make it a service of the compose file
    These images are not here yet, so their ids are not known: the images of waf.
  Done (2)
    restart (waf, db): allowed while the arm starts, then turned off: under load it is a finding
    ports (waf.side, waf): 2 changes, for example: 80/tcp not published
`);
});

test('--all shows each change by itself', () => {
  expect(describeArm(shown, true)).toContain(`  Done (4)
    services.waf.restart: allowed while the arm starts, then turned off: under load it is a finding
    services.db.restart: allowed while the arm starts, then turned off: under load it is a finding
`);
});

test('--json has a code, its facts and its words for each change, refusal and note', () => {
  const { changes, refusals, notes } = tellArm(shown);
  expect([changes[2], refusals[1], notes[0]]).toEqual([
    {
      path: 'services.waf.side.ports',
      code: 'port-not-published',
      facts: { port: '80/tcp' },
      what: '80/tcp not published',
    },
    {
      path: 'networks',
      code: 'subnet-not-movable',
      facts: { subnet: 'nonsense' },
      allow: null,
      what: 'nonsense cannot be moved: it is not a subnet, or no subnet of its size is free',
    },
    {
      code: 'images-absent',
      facts: { services: ['waf'] },
      sentence: 'These images are not here yet, so their ids are not known: the images of waf.',
    },
  ]);
  expect(changes[4]).toHaveProperty('fix', expect.stringContaining('make it a service of the compose file'));
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
