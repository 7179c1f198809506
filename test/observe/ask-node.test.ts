import { expect, test } from 'vitest';
import type { Clock } from '../../src/model/index.js';
import { askNodeIn, type KernelFiles } from '../../src/observe/index.js';

const PAGES = '/proc/50/root/slopegate/pages';
const read = (text: string): { readonly number: number } | null => JSON.parse(text) as { number: number };

/** A container with a file for each thread, programs by their process id, and threads that answer at the next look. */
function container(threads: readonly string[], programs: Readonly<Record<number, string>>, silent: readonly string[]) {
  const texts = new Map(threads.map((name) => [`${PAGES}/${name}`, Buffer.alloc(4)]));
  let seconds = 0;
  const clock: Clock = {
    seconds: () => seconds,
    now: () => new Date(0),
    sleep: async (some) => {
      seconds += some;
      for (const name of threads.filter((one) => !silent.includes(one)))
        texts.set(
          `${PAGES}/${name}.json`,
          Buffer.from(JSON.stringify({ number: texts.get(`${PAGES}/${name}`)?.readUInt32LE() })),
        );
    },
  };
  const files: KernelFiles = {
    readText: (path) => (programs[Number(/proc\/(\d+)\/stat$/.exec(path)?.[1])] === undefined ? null : 'stat'),
    list: (path) =>
      path === PAGES ? [...texts.keys()].map((one) => one.slice(PAGES.length + 1)) : Object.keys(programs),
    count: () => null,
    link: (path) => programs[Number(/proc\/(\d+)\/exe$/.exec(path)?.[1])] ?? null,
    size: (path) => texts.get(path)?.length ?? null,
    shared: (path) => {
      const bytes = texts.get(path);
      if (bytes === undefined) return null;
      const write = (at: number, some: Buffer): void => void some.copy(bytes, at);
      return { read: (at, length) => bytes.subarray(at, at + length), write, close: () => undefined };
    },
    remove: (path) => void texts.delete(path),
  };
  return { ask: askNodeIn({ files, pid: 50, clock, signal: new AbortController().signal }), texts, clock };
}

const NODE = '/usr/bin/node';

test('every thread that has the hook is asked again and again', async () => {
  const { ask } = container(['node-1-0', 'node-1-2', 'node-9-0'], { 1: NODE, 9: NODE, 12: '/bin/sh' }, []);
  for (const number of [1, 2]) {
    const { answers, any, whole } = await ask(read);
    expect(answers.map(({ thread, answer }) => [thread.question, answer.number])).toEqual([
      ['node-1-0', number],
      ['node-1-2', number],
      ['node-9-0', number],
    ]);
    expect({ any, whole }).toEqual({ any: true, whole: true });
  }
});

test('without an answer in time, or the hook in a program, the answers are not whole', async () => {
  const late = container(['node-1-0', 'node-1-1'], { 1: NODE }, ['node-1-1']);
  const { answers, whole } = await late.ask(read);
  expect([answers.length, whole]).toEqual([1, false]);
  expect(late.clock.seconds()).toBeGreaterThan(14);
  const without = container(['node-1-0'], { 1: NODE, 7: '/opt/nodejs' }, []);
  expect(await without.ask(read)).toMatchObject({ any: true, whole: false });
});

test('a program that has ended is not waited for, and a container may have none', async () => {
  const ended = container(['node-1-0', 'node-8-0'], { 1: NODE }, ['node-8-0']);
  expect(await ended.ask(read)).toMatchObject({ any: true, whole: true });
  expect(ended.clock.seconds()).toBeLessThan(1);
  expect(await container([], { 1: '/usr/sbin/nginx' }, []).ask(read)).toEqual({ answers: [], any: false, whole: true });
});
