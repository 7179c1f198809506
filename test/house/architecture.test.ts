import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

interface Rule {
  readonly name: string;
  readonly to: { readonly pathNot?: string | readonly string[] };
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: readonly Rule[] };
const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');

/** Room → the rooms that it may import, as the lint rules have it. */
const ruled = new Map(
  forbidden.flatMap(({ name, to }) => {
    if (!name.startsWith('room-')) return [];
    const room = name.slice('room-'.length);
    const others = [to.pathNot ?? []].flat().flatMap((path) => /^\^src\/(\w+)\/$/.exec(path)?.[1] ?? []);
    return [[room, others.filter((other) => other !== room).sort()] as const];
  }),
);

/** The same, as the table of the page has it. */
const drawn = new Map(
  [...page.matchAll(/^\| `(\w+)` \|[^|]*\| ([^|]*) \|$/gm)].map(
    ([, room = '', allowed = '']) => [room, allowed === 'nothing' ? [] : allowed.split(', ').sort()] as const,
  ),
);

test('the table of rooms agrees with the lint rules', () => {
  expect(Object.fromEntries([...drawn].filter(([room]) => room !== 'cli'))).toEqual(Object.fromEntries(ruled));
});

test('the table has exactly the folders of src', () => {
  const folders = readdirSync(new URL('../../src', import.meta.url), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect([...drawn.keys()].sort()).toEqual(names.sort());
});

test('the drawing puts each room above those that it may import', () => {
  const drawing = /```\n( {2}cli .*?)```/s.exec(page)?.[1] ?? '';
  const layers = drawing.split('\n').map((line) => (line.split('#')[0] ?? '').trim().split(/\s+/));
  const layerOf = (room: string): number => layers.findIndex((layer) => layer.includes(room));
  const wrong = [...ruled].flatMap(([room, others]) =>
    others.filter((other) => layerOf(other) <= layerOf(room)).map((other) => `${room} is not above ${other}`),
  );
  expect(
    layers
      .flat()
      .filter((room) => room !== '')
      .sort(),
  ).toEqual([...drawn.keys()].sort());
  expect(wrong).toEqual([]);
});
