import { describe, expect, test } from 'vitest';
import { judge, type Asked } from '../../src/armapi/calls/judge.js';
import { ARM, EDGE, labelsOf, listed, NETWORK, OWN_LABELS, PROJECT, WORKERS } from './arm.js';

/** What the arm gets where the daemon answers like this. */
function seen(target: string, answer: unknown): unknown {
  const asked: Asked = { method: 'GET', target, body: '' };
  const ruling = judge(asked, ARM, OWN_LABELS);
  if (ruling.kind === 'refuse' || !('rewrite' in ruling.answer)) throw new Error(`no answer to ${target}`);
  return ruling.answer.rewrite(answer);
}
const filters = (value: unknown): string => `filters=${encodeURIComponent(JSON.stringify(value))}`;
const LIST = [
  listed(EDGE, 'edge', 1),
  listed(WORKERS[0], 'worker', 1),
  listed(WORKERS[1], 'worker', 2, 'exited'),
  // A helper of ours, which carries the arm's labels and is no service of it.
  { ...listed('f'.repeat(64), 'x', 1), Labels: { 'io.slopegate': '1' } },
  listed('b'.repeat(64), 'pause', 1),
];
const namesOf = (list: unknown): unknown[] => (list as { Names: string[] }[]).map(({ Names }) => Names[0]);

describe('the list of containers', () => {
  test.each([
    ['', ['/shop-edge', '/shop-worker-1']],
    ['?all=1', ['/shop-edge', '/shop-worker-1', '/shop-worker-2']],
    ['?limit=1', ['/shop-edge']],
    ['?limit=3', ['/shop-edge', '/shop-worker-1', '/shop-worker-2']],
    [`?${filters({ status: ['exited'] })}`, ['/shop-worker-2']],
    [`?${filters({ label: ['shop.role'] })}`, ['/shop-edge']],
    [`?${filters({ label: ['shop.role=edge', 'com.docker.compose.project=shop'] })}`, ['/shop-edge']],
    [`?${filters({ label: ['shop.role=other'] })}`, []],
    [`?${filters({ label: { 'com.docker.compose.service=worker': true } })}`, ['/shop-worker-1']],
    [`?${filters({ label: ['io.slopegate'] })}`, []],
    [`?${filters({ name: ['edge'] })}`, ['/shop-edge']],
    [`?${filters({ name: ['^/shop-worker'] })}`, ['/shop-worker-1']],
    [`?${filters({ name: ['^shop$'] })}`, []],
    [`?${filters({ id: [EDGE.slice(0, 12)] })}`, ['/shop-edge']],
    [`?${filters({ network: ['shop-net'] })}`, ['/shop-edge', '/shop-worker-1']],
    [`?${filters({ network: ['bridge'] })}`, []],
  ])('%s', (query, names) => {
    expect(namesOf(seen(`/containers/json${query}`, LIST))).toEqual(names);
  });

  test('has the names, labels and images of the compose file, and none of our labels', () => {
    const [edge] = seen('/containers/json', LIST) as [Record<string, unknown>];
    expect(edge).toMatchObject({
      Image: 'vendor/edge:1',
      Labels: {
        'com.docker.compose.container-number': '1',
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'edge',
        'shop.role': 'edge',
      },
      NetworkSettings: { Networks: { 'shop-net': { NetworkID: NETWORK } } },
      Mounts: [{ Name: 'shop_data', Source: '/var/lib/docker/volumes/shop_data/_data' }],
    });
    expect(JSON.stringify(edge)).not.toContain('slopegate');
  });
});

test('one container', () => {
  const container = {
    Id: EDGE,
    Name: `/${PROJECT}-edge-1`,
    Config: { Image: 'sha256:1234', Labels: labelsOf('edge', 1), Env: ['TOKEN=1'] },
    NetworkSettings: { Networks: { [`${PROJECT}_inner`]: { Aliases: [`${PROJECT}-edge-1`, 'edge'] } } },
  };
  const shown = seen('/containers/shop-edge/json', container);
  expect(shown).toMatchObject({
    Name: '/shop-edge',
    Config: { Image: 'vendor/edge:1', Env: ['TOKEN=1'], Labels: { 'shop.role': 'edge' } },
    NetworkSettings: { Networks: { 'shop-net': { Aliases: ['shop-edge', 'edge'] } } },
  });
  expect(JSON.stringify(shown)).not.toContain('slopegate');
});

describe('events', () => {
  const event = (action: string, attributes: Record<string, string> = {}) => ({
    Type: 'container',
    Action: action,
    from: 'sha256:1234',
    Actor: {
      ID: EDGE,
      Attributes: { ...labelsOf('edge', 1), name: `${PROJECT}-edge-1`, image: 'sha256:1234', ...attributes },
    },
    time: 7,
  });

  test('events of the arm have the names of the compose file', () => {
    const shown = seen('/events', event('die', { exitCode: '137' }));
    expect(shown).toMatchObject({
      Action: 'die',
      from: 'vendor/edge:1',
      time: 7,
      Actor: {
        ID: EDGE,
        Attributes: { name: 'shop-edge', image: 'vendor/edge:1', exitCode: '137', 'shop.role': 'edge' },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('slopegate');
  });

  test.each([
    [{ event: ['die', 'start'] }, true],
    [{ event: ['exec_start'] }, false],
    [{ container: ['shop-edge'] }, true],
    [{ container: [EDGE.slice(0, 12)] }, true],
    [{ container: ['production'] }, false],
    [{ type: ['container'] }, true],
    [{ type: ['network'] }, false],
    [{ image: ['vendor/edge'] }, true],
    [{ label: ['shop.role=edge'] }, true],
    [{ label: ['io.slopegate'] }, false],
  ])('%j', (wanted, isSeen) => {
    expect(seen(`/events?${filters(wanted)}`, event('die')) !== null).toBe(isSeen);
  });

  test('other events are not shown', () => {
    const helper = { ...event('start'), Actor: { ID: 'f', Attributes: { 'io.slopegate': '1', name: 'helper' } } };
    expect(seen('/events', helper)).toBeNull();
    expect(seen('/events', { ...event('connect'), Type: 'network' })).toBeNull();
  });
});

test('the machine seems to have only this arm', () => {
  const info = {
    ID: 'secret',
    Name: 'build-host-7',
    Containers: 40,
    Images: 90,
    ServerVersion: '26.1',
    NCPU: 2,
    HttpProxy: 'http://user:password@proxy',
    DockerRootDir: '/var/lib/docker',
    Labels: ['production'],
    Swarm: { LocalNodeState: 'active' },
  };
  expect(seen('/info', info)).toEqual({
    ServerVersion: '26.1',
    NCPU: 2,
    Name: 'shop',
    Containers: 3,
    ContainersRunning: 2,
    ContainersPaused: 0,
    ContainersStopped: 1,
    Swarm: { NodeID: '', LocalNodeState: 'inactive', ControlAvailable: false },
  });
});

test('the networks of the arm', () => {
  const networks = [
    { Id: NETWORK, Name: `${PROJECT}_inner`, Labels: { 'io.slopegate.owner': 'host' } },
    { Id: 'b', Name: 'bridge', Labels: {} },
  ];
  expect(seen('/networks', networks)).toEqual([{ Id: NETWORK, Name: 'shop-net', Labels: {} }]);
  expect(seen(`/networks?${filters({ name: ['other'] })}`, networks)).toEqual([]);
});

test('a name inside a longer name is not replaced', () => {
  const [worker] = seen(`/containers/json?all=1&${filters({ name: ['^shop-worker-2$'] })}`, LIST) as [
    { Names: string[] },
  ];
  expect(worker.Names).toEqual(['/shop-worker-2']);
});
