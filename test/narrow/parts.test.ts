import { describe, expect, test } from 'vitest';
import type { ImageEntry } from '../../src/model/index.js';
import { partsOf, readPackages } from '../../src/narrow/index.js';

const OWNED = { mode: 0o644, uid: 0, gid: 0 };
const file = (content: string): ImageEntry => ({ kind: 'file', content, ...OWNED });
const link = (content: string): ImageEntry => ({ kind: 'link', content, ...OWNED });
const FOLDER: ImageEntry = { kind: 'folder', content: '', ...OWNED };

const packagesOf = (version: string) =>
  readPackages(
    new Map([
      ['var/lib/dpkg/status', `Package: libwaf3\nVersion: ${version}\n\nPackage: same\nVersion: 1\n`],
      ['var/lib/dpkg/info/libwaf3.list', '/lib/libwaf.so.3\n/etc/waf.conf\n/usr/share/doc/libwaf3/changelog\n'],
      ['var/lib/dpkg/info/same.list', '/usr/bin/changed-by-hand\n'],
    ]),
  );
const PACKAGES = { baseline: packagesOf('3.0.14'), candidate: packagesOf('3.0.9') };

describe('what differs between two images', () => {
  test('is packages, libraries, configuration and other files', () => {
    const common = { lib: link('usr/lib'), usr: FOLDER, 'etc/equal': file('e'), 'var/cache/x': file('1') };
    const trees = {
      baseline: new Map(
        Object.entries({
          ...common,
          'usr/lib/libwaf.so.3': file('new'),
          'etc/waf.conf': file('new'),
          'usr/bin/changed-by-hand': file('one'),
          'opt/libown.so.1': link('libown.so.1.4'),
          'opt/libown.so.1.4': file('1.4'),
          'opt/onlyhere': FOLDER,
          'var/cache/x': file('2'),
        }),
      ),
      candidate: new Map(
        Object.entries({
          ...common,
          'usr/lib/libwaf.so.3': file('old'),
          'etc/waf.conf': file('old'),
          'usr/bin/changed-by-hand': file('two'),
          'opt/libown.so.1': link('libown.so.1.3'),
          'opt/libown.so.1.3': file('1.3'),
          'opt/gone': FOLDER,
          'opt/added.txt': { ...file('equal'), mode: 0o600 },
        }),
      ),
    };
    const none = { baseline: null, candidate: null, packages: [] };
    expect(partsOf(trees, PACKAGES)).toEqual([
      {
        name: 'libwaf3',
        kind: 'package',
        baseline: '3.0.14',
        candidate: '3.0.9',
        files: 1,
        paths: ['usr/lib/libwaf.so.3'],
        packages: ['libwaf3'],
      },
      { name: '/etc/waf.conf', kind: 'configuration', ...none, files: 1, paths: ['etc/waf.conf'] },
      { name: '/opt/added.txt', kind: 'file', ...none, files: 1, paths: ['opt/added.txt'] },
      {
        name: '/opt/libown.so',
        kind: 'library',
        ...none,
        files: 3,
        paths: ['opt/libown.so.1', 'opt/libown.so.1.3', 'opt/libown.so.1.4'],
      },
      { name: '/opt/onlyhere', kind: 'file', ...none, files: 1, paths: ['opt/onlyhere'] },
      {
        name: '/usr/bin/changed-by-hand',
        kind: 'file',
        ...none,
        files: 1,
        paths: ['usr/bin/changed-by-hand'],
      },
    ]);
  });

  test('is one part if a package took the place of another one', () => {
    const list = (name: string, version: string, files: string): (readonly [string, string])[] => [
      [`var/lib/dpkg/status.d/${name}`, `Package: ${name}\nVersion: ${version}\n`],
      [`var/lib/dpkg/info/${name}.list`, files],
    ];
    const packages = {
      baseline: readPackages(new Map(list('libwaf3t64', '3.0.14', '/usr/lib/libwaf.so.3\n/usr/lib/libwaf.so.3.0.14'))),
      candidate: readPackages(new Map(list('libwaf3', '3.0.9', '/usr/lib/libwaf.so.3\n/usr/lib/libwaf.so.3.0.9'))),
    };
    const trees = {
      baseline: new Map(Object.entries({ 'usr/lib/libwaf.so.3': link('new'), 'usr/lib/libwaf.so.3.0.14': file('n') })),
      candidate: new Map(Object.entries({ 'usr/lib/libwaf.so.3': link('old'), 'usr/lib/libwaf.so.3.0.9': file('o') })),
    };
    const [part, ...others] = partsOf(trees, packages);
    expect(others).toEqual([]);
    expect(part).toMatchObject({ name: 'libwaf3', baseline: 'libwaf3t64 3.0.14', candidate: '3.0.9', files: 3 });
    expect(part?.packages.toSorted()).toEqual(['libwaf3', 'libwaf3t64']);
  });

  test('is nothing between equal images', () => {
    const tree = new Map([['usr/lib/libwaf.so.3', file('same')]]);
    expect(partsOf({ baseline: tree, candidate: new Map(tree) }, PACKAGES)).toEqual([]);
  });

  test('is grouped by folder if there are many files without a package', () => {
    const names = Array.from({ length: 900 }, (_, i) => `app/node_modules/module-${i % 90}/lib/file-${i}.js`);
    const tree = (content: string) => new Map([...names, 'app/main.js'].map((path) => [path, file(content)]));
    const parts = partsOf({ baseline: tree('1'), candidate: tree('2') }, PACKAGES);
    expect(parts).toHaveLength(91);
    expect(parts.reduce((sum, { files }) => sum + files, 0)).toBe(901);
    expect(parts.find(({ name }) => name === '/app/node_modules/module-7/lib/')).toMatchObject({
      kind: 'folder',
      files: 10,
    });
    expect(parts.map(({ name }) => name)).toContain('/app/main.js');
  });
});
