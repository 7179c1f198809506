import { describe, expect, test } from 'vitest';
import { consistent, readPackages } from '../../src/narrow/index.js';
import { compareVersions } from '../../src/narrow/package-version.js';

const entry = (name: string, version: string, more = ''): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${more}\n`;

const debian = (...entries: readonly string[]) => readPackages(new Map([['var/lib/dpkg/status', entries.join('\n')]]));

describe('versions', () => {
  // In their order, as `dpkg --compare-versions` sorts them.
  const SORTED = [
    '0~~',
    '0~',
    '0',
    '0.9',
    '1.0~rc1-1',
    '1.0-1',
    '1.0-1+b1',
    '1.0-1+deb12u1',
    '1.0-2',
    '1.0a-1',
    '1.0.1-1',
    '1.2',
    '1.10',
    '1:0.1',
  ];
  test('are ordered as Debian orders them', () => {
    expect(SORTED.toReversed().sort(compareVersions)).toEqual(SORTED);
    for (const version of SORTED) expect(compareVersions(version, version)).toBe(0);
  });
});

describe('the packages of an image', () => {
  test('are read from the database of dpkg, with what they need', () => {
    const status = entry(
      'libwaf3',
      '3.0.14-1',
      'Depends: libc6 (>= 2.38), libxml2 | libxml2-16,\n libz1:any\nProvides: libwaf (= 3)',
    );
    const list = '/.\n/usr\n/usr/lib\n/usr/lib/libwaf.so.3';
    const gone = entry('old', '1').replace('install ok installed', 'deinstall ok config-files');
    const packages = readPackages(
      new Map([
        ['var/lib/dpkg/status', `${status}\n${gone}`],
        ['var/lib/dpkg/info/libwaf3:amd64.list', list],
      ]),
    );
    const plain = { relation: null, version: '' };
    expect([...packages.values()]).toEqual([
      {
        name: 'libwaf3',
        version: '3.0.14-1',
        needs: [
          [{ name: 'libc6', relation: '>=', version: '2.38' }],
          [
            { name: 'libxml2', ...plain },
            { name: 'libxml2-16', ...plain },
          ],
          [{ name: 'libz1', ...plain }],
        ],
        provides: [{ name: 'libwaf', relation: '=', version: '3' }],
        files: ['.', 'usr', 'usr/lib', 'usr/lib/libwaf.so.3'],
      },
    ]);
  });

  test('are read from the database of apk', () => {
    const text =
      'P:musl\nV:1.2.5-r0\np:so:libc.musl-x86_64.so.1=1\nF:lib\nR:ld-musl-x86_64.so.1\n\n' +
      'P:waf\nV:2-r1\nD:so:libc.musl-x86_64.so.1 musl>=1.2 !old\n\n';
    const packages = readPackages(new Map([['lib/apk/db/installed', text]]));
    expect(packages.get('musl')?.files).toEqual(['lib/ld-musl-x86_64.so.1']);
    expect(packages.get('waf')?.needs).toEqual([
      [{ name: 'so:libc.musl-x86_64.so.1', relation: null, version: '' }],
      [{ name: 'musl', relation: '>=', version: '1.2' }],
    ]);
  });
});

describe('a consistent mixture', () => {
  const baseline = debian(
    entry('libc6', '2.41'),
    entry('libxml2', '2.12'),
    entry('libwaf3', '3.0.14', 'Depends: libc6 (>= 2.38), libxml2 (>= 2.9)'),
    entry('server', '1.26', 'Depends: libc6 (>= 2.38), libwaf3'),
  );
  const candidate = debian(
    entry('libc6', '2.36'),
    entry('libxml2', '2.9'),
    entry('libwaf3', '3.0.9', 'Depends: libc6 (>= 2.34), libxml2 (>= 2.7)'),
    entry('server', '1.22', 'Depends: libc6 (>= 2.34), libwaf3 (>= 3.0.9)'),
  );

  test('takes a newer library from the baseline if the old one is too old', () => {
    expect([...consistent(['libwaf3'], { baseline, candidate })].sort()).toEqual(['libc6', 'libwaf3']);
  });

  test('takes nothing else if everything fits', () => {
    expect([...consistent(['libc6'], { baseline, candidate })]).toEqual(['libc6']);
  });

  test('takes what needs a newer library than the baseline has', () => {
    const back = { baseline: candidate, candidate: baseline };
    expect([...consistent(['libc6'], back)].sort()).toEqual(['libc6', 'libwaf3', 'server']);
  });

  test('takes what needs a package that the baseline does not have', () => {
    const newer = debian(entry('libc6', '2.36'), entry('libpcre2', '10'), entry('server', '2', 'Depends: libpcre2'));
    const older = debian(entry('libc6', '2.36'), entry('server', '1', 'Depends: libc6'));
    expect([...consistent(['libpcre2'], { baseline: older, candidate: newer })].sort()).toEqual(['libpcre2', 'server']);
  });

  test('does not ask for what neither image has', () => {
    const one = debian(entry('tool', '1', 'Depends: missing'));
    const other = debian(entry('tool', '2', 'Depends: missing'));
    expect([...consistent([], { baseline: one, candidate: other })]).toEqual([]);
  });
});
