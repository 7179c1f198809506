import { describe, expect, test } from 'vitest';
import type { ComposeMount, ComposeService } from '../../src/compose/model.js';
import type { HostPath } from '../../src/hostpaths/host-path.js';
import { looksLikeFile } from '../../src/hostpaths/looks-like-file.js';
import type { IsolateOptions } from '../../src/isolate/types.js';
import { alone, together } from './options.js';

const folder: HostPath = { kind: 'folder', text: '', bytes: 0 };
const file: HostPath = { kind: 'file', text: '', bytes: 0 };

/** `/host/path:/target[:ro]` as Compose resolves it. */
function bind(text: string): ComposeMount {
  const [source = '', target = '', mode] = text.split(':');
  return {
    type: 'bind',
    source,
    target,
    ...(mode === 'ro' ? { read_only: true } : {}),
    bind: { create_host_path: true },
  };
}
const mounting = (...texts: readonly string[]): ComposeService => ({ volumes: texts.map(bind) });
const at = (hostPaths: IsolateOptions['hostPaths']): Partial<IsolateOptions> => ({ hostPaths });
const volumesOf = ({ model }: ReturnType<typeof together>, name = 'waf') => model.services[name]?.volumes ?? [];
const changesIn = ({ changes }: ReturnType<typeof together>) => changes.map(({ what }) => what);

describe('one decision for every host path, over all services', () => {
  test('what one service writes, another reads from the same copy', () => {
    const isolated = together(
      { edge: mounting('/p/site:/data'), detector: mounting('/p/site/logs:/logs:ro') },
      at({ '/p/site': folder, '/p/site/logs': folder }),
    );
    expect(volumesOf(isolated, 'edge')).toMatchObject([{ type: 'volume', source: 'slopegate-copy-1' }]);
    expect(volumesOf(isolated, 'detector')).toMatchObject([
      { type: 'volume', source: 'slopegate-copy-1', read_only: true, volume: { subpath: 'logs' } },
    ]);
    expect(isolated.copies).toEqual([
      { kind: 'folder', source: '/p/site', service: 'edge', target: 'slopegate-copy-1', within: ['logs'] },
    ]);
  });

  test('a folder that is only read is copied where another service writes to a part of it', () => {
    const isolated = together(
      { reader: mounting('/p/site:/data:ro'), writer: mounting('/p/site/logs:/logs') },
      at({ '/p/site': folder, '/p/site/logs': folder }),
    );
    expect(volumesOf(isolated, 'reader')).toMatchObject([{ type: 'volume', read_only: true }]);
    expect(volumesOf(isolated, 'writer')).toMatchObject([{ type: 'volume', volume: { subpath: 'logs' } }]);
    expect(isolated.copies).toHaveLength(1);
  });

  test('links, `..` and doubled slashes are the path that they lead to', () => {
    const isolated = alone(
      mounting('/p/link/sub:/a', '/p//data/../data:/b', '/p/data/sub:/c:ro'),
      at({
        '/p/link/sub': { ...folder, real: '/p/data/sub' },
        '/p//data/../data': { ...folder, real: '/p/data' },
        '/p/data/sub': folder,
      }),
    );
    expect(isolated.copies).toMatchObject([{ source: '/p/data' }]);
    expect(volumesOf(isolated).map(({ source }) => source)).toEqual(Array(3).fill('slopegate-copy-1'));
  });

  test('files are served from a volume, one for all services that share it', () => {
    const isolated = together(
      {
        waf: { ...mounting('/p/state.json:/state.json'), read_only: true },
        agent: mounting('/p/state.json:/in.json:ro', '/p/dir:/dir'),
        third: mounting('/p/dir/a.txt:/a.txt'),
      },
      at({ '/p/state.json': file, '/p/dir': folder, '/p/dir/a.txt': file }),
    );
    expect(isolated.refusals).toEqual([]);
    expect(volumesOf(isolated)).toMatchObject([{ source: 'slopegate-copy-1', volume: { subpath: 'state.json' } }]);
    expect(volumesOf(isolated, 'agent')[0]).toMatchObject({ source: 'slopegate-copy-1', read_only: true });
    expect(volumesOf(isolated, 'third')).toMatchObject([{ source: 'slopegate-copy-2', volume: { subpath: 'a.txt' } }]);
  });

  test('a volume that stands for a host folder is that folder', () => {
    const volume = { type: 'volume', source: 'site', target: '/data' };
    const { model, copies, refusals } = together(
      { edge: { volumes: [volume] }, detector: mounting('/p/site/logs:/logs:ro') },
      at({ '/p/site': folder, '/p/site/logs': folder }),
      { volumes: { site: { driver_opts: { type: 'none', o: 'bind', device: '/p/site' } } } },
    );
    expect(refusals).toEqual([]);
    expect(Object.keys(model.volumes ?? {})).toEqual(['slopegate-copy-1']);
    expect(copies).toMatchObject([{ kind: 'folder', source: '/p/site' }]);
  });

  test('a dollar sign in a name, which Compose doubles, is one on the disk and two in the model', () => {
    const isolated = alone(mounting('/p/a$$b.conf:/x.conf'), at({ '/p/a$b.conf': file }));
    expect(isolated.copies).toMatchObject([{ source: '/p/a$b.conf' }]);
    expect(volumesOf(isolated)).toMatchObject([{ volume: { subpath: 'a$$b.conf' } }]);
  });

  test('files of configs and secrets are mounts as well, and follow their subnet', () => {
    const networks = { front: { ipam: { config: [{ subnet: '172.30.7.0/24' }] } } };
    const isolated = together(
      {
        waf: {
          configs: [{ source: 'ngx' }],
          secrets: [{ source: 'tok', target: '/run/secrets/tok' }],
          networks: { front: null },
        },
      },
      at({ '/p/ngx.conf': { ...file, text: 'server 172.30.7.20;' }, '/p/tok': file }),
      {
        networks,
        configs: { ngx: { file: '/p/ngx.conf' }, inline: { content: 'server 172.30.7.9;' } },
        secrets: { tok: { file: '/p/tok' } },
      },
    );
    expect(volumesOf(isolated)).toMatchObject([
      { type: 'volume', target: '/ngx', read_only: true },
      { type: 'bind', source: '/p/tok', target: '/run/secrets/tok', read_only: true },
    ]);
    expect(isolated.model.services['waf']).not.toHaveProperty('configs');
    expect(JSON.stringify(isolated.model['configs'])).not.toContain('172.30.7.9');
    expect(isolated.changes.map(({ path }) => path)).toContain('configs.inline');
  });
});

describe('places', () => {
  test.each([
    ['/var/run:/r', 'docker-socket'],
    ['//var//run/:/r:ro', 'docker-socket'],
    ['/run/containerd:/r:ro', 'docker-socket'],
    ['/var/run/../run/docker.sock:/d.sock', 'docker-socket'],
    ['/p/x:/var/run/docker.sock:ro', 'docker-socket'],
    ['/:/host:ro', 'docker-socket'],
    ['/run/user/1000:/u:ro', 'host-system'],
    ['/proc:/host/proc:ro', 'host-system'],
    ['/proc/1/root:/host:ro', 'host-system'],
    ['/root:/r:ro', 'host-system'],
    ['/etc/shadow:/s:ro', 'host-system'],
    ['/home/me/.ssh:/s:ro', 'host-system'],
    ['/var/lib/docker/containers:/c:ro', 'host-system'],
    ['/sys:/s', 'host-system'],
    ['/dev/shm:/s:ro', 'host-system'],
  ])('%s is refused', (text, allow) => {
    expect(alone(mounting(text)).refusals).toMatchObject([{ allow, service: 'waf' }]);
  });

  test.each(['/sys:/host/sys:ro', '/etc/localtime:/etc/localtime:ro', '/usr/share/zoneinfo:/z:ro', '/dev/null:/x'])(
    '%s is not',
    (text) => {
      const source = text.split(':')[0] ?? '';
      const kind = source.startsWith('/dev') ? 'device' : 'folder';
      expect(alone(mounting(text), at({ [source]: { kind, text: '' } })).refusals).toEqual([]);
    },
  );

  test('a link is refused for the place that it leads to, and says so', () => {
    const { refusals } = alone(mounting('/p/link:/z:ro'), at({ '/p/link': { ...folder, real: '/run' } }));
    expect(refusals).toMatchObject([{ allow: 'docker-socket', mount: 'waf:/z' }]);
    expect(refusals[0]?.what).toContain('/p/link leads to /run');
  });

  test.each(['socket', 'pipe'] as const)('a %s is refused, alone or in a folder that would be shared', (kind) => {
    const single = at({ '/p/x': { kind, text: '' } });
    expect(alone(mounting('/p/x:/x'), single).refusals).toMatchObject([{ allow: 'host-system' }]);
    const inside = at({ '/p/run': { ...folder, special: ['app.sock'] } });
    expect(alone(mounting('/p/run:/run/app:ro'), inside).refusals).toMatchObject([{ allow: 'host-system' }]);
    // A copy has none of them.
    expect(alone(mounting('/p/run:/run/app'), inside).refusals).toEqual([]);
  });

  test('what is shared makes nothing on the host, and gives no label and no mount back to it', () => {
    const mount = { ...bind('/p/c:/c:ro'), bind: { create_host_path: true, selinux: 'Z', propagation: 'rshared' } };
    expect(volumesOf(alone({ volumes: [mount] }, at({ '/p/c': folder })))).toMatchObject([
      { type: 'bind', bind: { create_host_path: false } },
    ]);
    expect(JSON.stringify(volumesOf(alone({ volumes: [mount] }, at({ '/p/c': folder }))))).not.toMatch(
      /selinux|rshared/,
    );
  });
});

describe('a path that does not exist', () => {
  test.each(['/p/conf/nginx.conf:/etc/nginx.conf:ro', '/p/rules:/etc/rules.conf', '/p/site.pem:/tls/site'])(
    '%s is meant to be a file: refused',
    (text) => {
      expect(alone(mounting(text)).refusals).toMatchObject([{ allow: null }]);
    },
  );

  test('the file says that the folder must be there: refused', () => {
    const mount = { ...bind('/p/data:/data'), bind: { create_host_path: false } };
    expect(alone({ volumes: [mount] }).refusals).toMatchObject([{ allow: null }]);
  });

  test.each(['/p/data:/data', '/p/data:/data:ro'])(
    '%s is a folder: it begins empty in a volume, and this is reported',
    (text) => {
      const isolated = alone(mounting(text));
      expect(isolated.refusals).toEqual([]);
      expect(volumesOf(isolated)).toMatchObject([{ type: 'volume' }]);
      expect(isolated.changes).toMatchObject([{ what: '/p/data does not exist: the arm starts with an empty folder' }]);
      // In production Docker makes this folder too. If it is only read, it probably should have files.
      expect(isolated.changes[0]?.mustKnow).toBe(text.endsWith(':ro') ? true : undefined);
    },
  );

  test.each([
    ['nginx.conf', true],
    ['/etc/tls/site.pem', true],
    ['conf.d', false],
    ['/live/example.com', false],
    ['.env', false],
    ['data', false],
  ])('%s looks like a file: %s', (name, expected) => {
    expect(looksLikeFile(name)).toBe(expected);
  });
});

describe('what the author must know', () => {
  test('sizes, running databases, logs of the host', () => {
    const large = { ...folder, bytes: 3 * 1024 ** 3, database: 'PostgreSQL' };
    const isolated = alone(
      mounting('/p/pg:/data', '/var/log:/logs:ro', '/p/huge:/huge'),
      at({ '/p/pg': large, '/var/log': folder, '/p/huge': { kind: 'folder', text: '' } }),
    );
    const known = isolated.changes.filter(({ mustKnow }) => mustKnow === true).map(({ what }) => what);
    expect(known).toEqual([
      expect.stringContaining('3 GiB are copied'),
      expect.stringContaining('running PostgreSQL'),
      expect.stringContaining('files that servers of the host write'),
      expect.stringContaining('its size is not known'),
    ]);
    expect(changesIn(isolated)).toContain('/p/pg is copied to a volume of the arm (3 GiB)');
  });
});

describe('without', () => {
  const paths = at({ '/var/run': folder, '/var/run/docker.sock': { kind: 'socket', text: '' } });
  test('one mount is omitted; an empty folder replaces a folder, and nothing replaces a socket', () => {
    const services = { mgt: mounting('/var/run:/app/run'), auto: mounting('/var/run/docker.sock:/docker.sock') };
    const isolated = together(services, { ...paths, without: ['mgt:/app/run', 'auto:/docker.sock'] });
    expect(isolated.refusals).toEqual([]);
    expect(volumesOf(isolated, 'mgt')).toEqual([{ type: 'volume', target: '/app/run', volume: { nocopy: true } }]);
    expect(volumesOf(isolated, 'auto')).toEqual([]);
  });
});

describe("a Docker API of the arm's own", () => {
  const socket: HostPath = { kind: 'socket', text: '' };
  const paths = at({
    '/var/run': { ...folder, real: '/run' },
    '/var/run/docker.sock': { ...socket, real: '/run/docker.sock' },
    '/run/user/1000/docker.sock': socket,
    '/p/link': { ...folder, real: '/run' },
    '/run/podman/podman.sock': socket,
    '/': folder,
  });
  const own = { ...paths, apiFolder: '/tmp/a$b' };
  const socketAt = (target: string, service = 'waf'): ComposeMount => ({
    type: 'bind',
    source: `/tmp/a$$b/${service}.sock`,
    target,
    read_only: true,
    bind: { create_host_path: false },
  });

  test.each(['/var/run/docker.sock:/var/run/docker.sock', '/run/user/1000/docker.sock:/var/run/docker.sock:ro'])(
    '%s: its socket takes the place of the daemon’s',
    (text) => {
      const isolated = alone(mounting(text), own);
      expect([isolated.refusals, volumesOf(isolated)]).toEqual([[], [socketAt('/var/run/docker.sock')]]);
      expect(isolated.apiSockets).toEqual({ waf: '/tmp/a$b/waf.sock' });
      expect(isolated.changes).toMatchObject([{ path: 'services.waf.volumes', mustKnow: true }]);
    },
  );

  test.each(['/var/run:/app/run', '/p/link:/app/run/:ro'])('%s: a folder of the arm’s own with its socket', (text) => {
    const isolated = alone(mounting(text), own);
    const target = text.split(':')[1] ?? '';
    expect([isolated.refusals, volumesOf(isolated)]).toEqual([
      [],
      [{ type: 'volume', target, volume: { nocopy: true } }, socketAt('/app/run/docker.sock')],
    ]);
  });

  test('each service has a socket of its own, so that it is known who asks', () => {
    const services = { mgt: mounting('/var/run:/app/run'), auto: mounting('/var/run/docker.sock:/d.sock') };
    const isolated = together({ ...services, waf: {} }, own);
    expect(isolated.apiSockets).toEqual({ mgt: '/tmp/a$b/mgt.sock', auto: '/tmp/a$b/auto.sock' });
    expect(volumesOf(isolated, 'auto')).toEqual([socketAt('/d.sock', 'auto')]);
  });

  test.each(['/:/host:ro', '/run/podman/podman.sock:/p.sock', '/run/containerd:/c'])('%s stays refused', (text) => {
    const isolated = alone(mounting(text), own);
    expect([isolated.refusals, isolated.apiSockets]).toMatchObject([[{ allow: 'docker-socket' }], {}]);
  });

  test('the daemon itself is handed over where the scenario allows it', () => {
    const isolated = alone(mounting('/var/run/docker.sock:/d.sock'), { ...own, allow: ['docker-socket'] });
    expect([isolated.apiSockets, volumesOf(isolated)]).toMatchObject([{}, [{ source: '/var/run/docker.sock' }]]);
  });

  test('with a daemon that is asked over a network the refusal says why', () => {
    const { refusals } = alone(mounting('/var/run/docker.sock:/d.sock'), { ...own, apiFolder: null });
    expect(refusals).toMatchObject([{ allow: 'docker-socket', mount: 'waf:/d.sock' }]);
    expect(refusals[0]?.what).toContain('needs a daemon that is reached by a socket of this machine');
  });
});

describe('an engine before 26, which mounts volumes as a whole only', () => {
  const old = { subpaths: false };
  test('a file is put into the container', () => {
    const { copies, refusals, model } = alone(mounting('/p/a.conf:/a.conf'), { ...old, ...at({ '/p/a.conf': file }) });
    expect(refusals).toEqual([]);
    expect(copies).toEqual([{ kind: 'into', source: '/p/a.conf', service: 'waf', target: '/a.conf' }]);
    expect(model.services['waf']?.volumes).toEqual([]);
  });

  test.each<readonly [string, Readonly<Record<string, ComposeService>>]>([
    ['a read-only root', { waf: { ...mounting('/p/a.conf:/a.conf'), read_only: true } }],
    ['a tmpfs', { waf: { ...mounting('/p/a.conf:/etc/waf/a.conf'), tmpfs: ['/etc/waf:size=1m'] } }],
    ['two services', { waf: mounting('/p/a.conf:/a.conf'), agent: mounting('/p/a.conf:/b.conf') }],
    ['a part of a copied folder', { waf: mounting('/p:/p'), agent: mounting('/p/logs:/logs:ro') }],
  ])('%s is refused, and the engine that can do it is named', (_name, services) => {
    const { refusals } = together(services, { ...old, ...at({ '/p/a.conf': file, '/p': folder, '/p/logs': folder }) });
    expect(refusals[0]).toMatchObject({ allow: null, what: expect.stringContaining('Docker Engine 26') as string });
  });
});
