import { expect, test } from 'vitest';
import { startedModel } from '../../src/compose/started-model.js';

test('limits of 0, which Compose leaves out and then misses, are written out', () => {
  const ulimits = { core: {}, nofile: { hard: 5 }, nproc: 7, memlock: { soft: 1, hard: 2 } };
  expect(startedModel({ services: { waf: { ulimits } } }).services['waf']?.['ulimits']).toEqual({
    core: { soft: 0, hard: 0 },
    nofile: { soft: 0, hard: 5 },
    nproc: 7,
    memlock: { soft: 1, hard: 2 },
  });
});

test('a service that joins another by the name of its container joins that service', () => {
  const services = {
    gluetun: { container_name: 'vpn' },
    waf: { network_mode: 'container:vpn', pid: 'container:vpn', volumes_from: ['container:vpn:ro', 'gluetun'] },
    other: { network_mode: 'container:production', ipc: 'host' },
  };
  expect(startedModel({ services }).services).toEqual({
    gluetun: { container_name: 'vpn' },
    waf: { network_mode: 'service:gluetun', pid: 'service:gluetun', volumes_from: ['gluetun:ro', 'gluetun'] },
    other: { network_mode: 'container:production', ipc: 'host' },
  });
});
