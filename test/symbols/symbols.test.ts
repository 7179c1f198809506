import { describe, expect, test } from 'vitest';
import { demangle } from '../../src/symbols/demangle.js';
import { functionAt, readElf } from '../../src/symbols/elf.js';
import { createNamer } from '../../src/symbols/index.js';
import { readMaps } from '../../src/symbols/maps.js';
import { npmPackageOf, packageOf } from '../../src/symbols/packages.js';

describe('names of C++', () => {
  test.each([
    [
      '_ZN11modsecurity9operators14ValidateSchema8evaluateEPNS_11TransactionERKNSt7__cxx1112basic_stringIcE',
      'modsecurity::operators::ValidateSchema::evaluate',
    ],
    ['_ZNK4shop4Cart5totalEv', 'shop::Cart::total'],
    ['_ZN4shop4CartC2Ev', 'shop::Cart::Cart'],
    ['_ZN4shop4CartD1Ev', 'shop::Cart::~Cart'],
    ['_Z4leakPvm', 'leak'],
    ['_ZNSt6thread5startEv', 'std::thread::start'],
    ['xmlDictCreate', 'xmlDictCreate'],
    // With templates and operators: as it is.
    ['_ZN4shop3mapIiE3addEi', '_ZN4shop3mapIiE3addEi'],
    ['_ZN4shop4CarteqERKS0_', '_ZN4shop4CarteqERKS0_'],
    ['_ZN', '_ZN'],
    ['_Z', '_Z'],
  ])('%s', (mangled, name) => {
    expect(demangle(mangled)).toBe(name);
  });
});

/** An ELF file with one loadable part at offset 0x1000 and address 0x401000, and two functions in it. */
function elf(): Buffer {
  const bytes = Buffer.alloc(0x3000);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1], 0);
  const words = (at: number, ...values: number[]): void =>
    values.forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), at + 8 * i));
  // Where the headers of parts and of sections are, their sizes and numbers.
  words(32, 64, 256);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt16LE(64, 58);
  bytes.writeUInt16LE(3, 60);
  bytes.writeUInt32LE(1, 64);
  words(64 + 8, 0x1000, 0x401000, 0x401000, 0x800);
  // Section 1: the symbols, with their names in section 2.
  bytes.writeUInt32LE(11, 256 + 64 + 4);
  words(256 + 64 + 24, 0x2000, 3 * 24);
  bytes.writeUInt32LE(2, 256 + 64 + 40);
  words(256 + 128 + 24, 0x2800, 32);
  bytes.write('\0first\0_Z6secondv\0data\0', 0x2800, 'latin1');
  const symbol = (at: number, name: number, kind: number, address: number, size: number): void => {
    bytes.writeUInt32LE(name, at);
    bytes[at + 4] = 16 + kind;
    bytes.writeUInt16LE(1, at + 6);
    words(at + 8, address, size);
  };
  symbol(0x2000, 7, 2, 0x401100, 0x40);
  symbol(0x2018, 1, 2, 0x401000, 0x20);
  symbol(0x2030, 18, 1, 0x401050, 0x20);
  return bytes;
}

describe('functions of a file', () => {
  const file = readElf(elf())!;

  test.each([
    [0x1000, 'first'],
    [0x101f, 'first'],
    [0x1020, null],
    [0x1058, null],
    [0x1110, '_Z6secondv'],
    [0x1900, null],
    [0, null],
  ])('at offset %i: %s', (offset, name) => {
    expect(functionAt(file, offset)).toBe(name);
  });

  test('a file that is not ELF, or is cut off, has no functions', () => {
    expect(readElf(Buffer.from('#!/bin/sh\n'))).toBeNull();
    expect(readElf(elf().subarray(0, 100))).toBeNull();
    expect(readElf(Buffer.alloc(0))).toBeNull();
  });
});

const MAPS = `55d0-55d8 r--p 00000000 08:01 1 /usr/sbin/server
7f0000001000-7f0000002000 r-xp 00001000 08:01 77                         /usr/lib/libcart.so.1
7f0000009000-7f000000a000 rw-p 00000000 00:00 0
7ffd00000000-7ffd00001000 rw-p 00000000 00:00 0                          [stack]
`;
const FILES: Readonly<Record<string, string>> = {
  '/proc/7/maps': MAPS,
  '/var/lib/dpkg/info/libcart1:amd64.list': '/.\n/usr\n/lib/libcart.so.1\n',
  '/var/lib/dpkg/status': 'Package: other\nVersion: 9\n\nPackage: libcart1\nStatus: install ok\nVersion: 1.2-3\n\n',
};
const files = {
  text: (path: string) => FILES[path] ?? null,
  list: (path: string) => (path === '/var/lib/dpkg/info' ? ['libcart1:amd64.md5sums', 'libcart1:amd64.list'] : null),
  bytes: (path: string) => (path === '/usr/lib/libcart.so.1' ? elf() : null),
};

test('mapped files of a process', () => {
  expect(readMaps(MAPS).map(({ path, offset }) => [path, offset])).toEqual([
    ['/usr/sbin/server', 0],
    ['/usr/lib/libcart.so.1', 0x1000],
  ]);
});

test('the package of a file, also under the name that it had before /usr was merged', () => {
  expect(packageOf(files, '/usr/lib/libcart.so.1')).toBe('libcart1 1.2-3');
  expect(packageOf(files, '/usr/lib/nothing.so')).toBeNull();
  expect(packageOf({ ...files, list: () => null }, '/usr/lib/libcart.so.1')).toBeNull();
});

test('an address gets the function that the call before it is in, its file and its package', () => {
  const namer = createNamer(files);
  expect(namer.frame(7, 0x7f0000001140n)).toEqual({ name: 'second', file: '/usr/lib/libcart.so.1' });
  expect(namer.frame(7, 0x7f0000001020n)).toEqual({ name: 'first', file: '/usr/lib/libcart.so.1' });
  expect(namer.frame(7, 0x7f0000001f00n)).toEqual({ name: null, file: '/usr/lib/libcart.so.1' });
  expect(namer.frame(7, 0x5n)).toEqual({ name: null, file: null });
  expect(namer.packageOf('/usr/lib/libcart.so.1')).toBe('libcart1 1.2-3');
});

test('the package of a file of JavaScript is that of the nearest package.json with a name and a version', () => {
  const texts: Readonly<Record<string, string>> = {
    '/app/package.json': '{"name":"gateway","version":"1.0.0"}',
    '/app/node_modules/@scope/x/package.json': '{"name":"@scope/x","version":"2.1.0"}',
    '/app/node_modules/@scope/x/esm/package.json': '{"type":"module"}',
    '/app/broken/package.json': '{',
  };
  const found = (path: string): string | null => npmPackageOf({ text: (one) => texts[one] ?? null }, path);
  expect(found('/app/node_modules/@scope/x/esm/index.js')).toBe('@scope/x@2.1.0');
  expect(found('/app/broken/index.js')).toBe('gateway@1.0.0');
  expect(found('/app/../../srv/index.js')).toBeNull();
});
