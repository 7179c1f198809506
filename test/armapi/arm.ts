import type { ArmNow } from '../../src/armapi/calls/arm-view.js';

export const PROJECT = 'slopegate-run-r1-candidate';
export const OWN_LABELS = ['io.slopegate=1', 'io.slopegate.run=run'];
export const EDGE = 'ed9e'.repeat(16);
export const WORKERS = [`a1${'0'.repeat(62)}`, `a2${'0'.repeat(62)}`] as const;
export const NETWORK = 'ne70'.repeat(16);
export const EXEC = 'e8ec'.repeat(16);

const networks = [{ id: NETWORK, name: `${PROJECT}_inner` }];

/** An arm of two services: `edge` with a fixed name, and two containers of `worker`. */
export const ARM: ArmNow = {
  view: {
    project: { real: PROJECT, shown: 'shop' },
    services: {
      edge: { containerName: 'shop-edge', labels: { 'shop.role': 'edge' }, image: 'vendor/edge:1' },
      worker: { containerName: null, labels: {}, image: null },
    },
    networks: { [`${PROJECT}_inner`]: 'shop-net' },
    volumes: { [`${PROJECT}_data`]: 'shop_data' },
  },
  containers: [
    { id: EDGE, name: `${PROJECT}-edge-1`, service: 'edge', number: 1, running: true, networks },
    { id: WORKERS[0], name: `${PROJECT}-worker-1`, service: 'worker', number: 1, running: true, networks },
    { id: WORKERS[1], name: `${PROJECT}-worker-2`, service: 'worker', number: 2, running: false, networks },
  ],
  execs: new Set([EXEC]),
};

/** A container as the daemon lists it. */
export function listed(id: string, service: string, number: number, state = 'running'): Record<string, unknown> {
  return {
    Id: id,
    Names: [`/${PROJECT}-${service}-${number}`],
    Image: 'sha256:1234',
    State: state,
    Labels: labelsOf(service, number),
    NetworkSettings: { Networks: { [`${PROJECT}_inner`]: { NetworkID: NETWORK } } },
    Mounts: [{ Name: `${PROJECT}_data`, Source: `/var/lib/docker/volumes/${PROJECT}_data/_data` }],
  };
}

export function labelsOf(service: string, number: number): Record<string, string> {
  return {
    'com.docker.compose.project': PROJECT,
    'com.docker.compose.service': service,
    'com.docker.compose.container-number': String(number),
    'io.slopegate': '1',
    'io.slopegate.run': 'run',
  };
}
