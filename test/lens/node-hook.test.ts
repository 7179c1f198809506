import { expect, test } from 'vitest';
import { nextQuestion, nodeThreads, readProfile } from '../../src/lens/index.js';

test('the threads of Node.js among the files of a folder', () => {
  expect(nodeThreads(['7-0', 'node-12-0', 'node-12-3', 'node-12-3.json', 'node-12-3.json.new', 'node-x'])).toEqual([
    { pid: 12, question: 'node-12-0', answer: 'node-12-0.json' },
    { pid: 12, question: 'node-12-3', answer: 'node-12-3.json' },
  ]);
});

test('a question is the number after the last one, and none without a whole file', () => {
  expect(nextQuestion(Buffer.from([255, 0, 0, 0]))).toEqual({ number: 256, bytes: Buffer.from([0, 1, 0, 0]) });
  expect(nextQuestion(Buffer.alloc(4, 255))?.number).toBe(0);
  expect(nextQuestion(Buffer.alloc(3))).toBeNull();
});

const frame = (functionName: string, url: string, lineNumber: number) => ({ functionName, url, lineNumber });
const answer = {
  number: 3,
  node: 'v18.20.4',
  profile: {
    head: {
      id: 1,
      callFrame: frame('(root)', '', -1),
      selfSize: 0,
      children: [
        {
          id: 2,
          callFrame: frame('handle', 'file:///app/a%20b/../x.mjs', 9),
          selfSize: 900,
          children: [
            { id: 3, callFrame: frame('', 'node:events', 0), selfSize: 100, children: [] },
            {
              id: 5,
              callFrame: frame('answer', 'file:///slopegate/node-hook.cjs', 40),
              selfSize: 5000,
              children: [],
            },
            { id: 4, callFrame: frame('from', '', -1), selfSize: 0, children: [] },
          ],
        },
      ],
    },
    samples: [
      { nodeId: 2, size: 200, ordinal: 5 },
      { nodeId: 2, size: 400, ordinal: 6 },
      { nodeId: 3, size: 100, ordinal: 7 },
      { nodeId: 5, size: 5000, ordinal: 8 },
    ],
  },
};

test('samples share the bytes of their call stack, the innermost function first; the hook is left out', () => {
  const handle = { name: 'handle', file: '/app/x.mjs', line: 10 };
  const { samples, ...rest } = readProfile(JSON.stringify(answer))!;
  expect(rest).toEqual({ number: 3, node: 'v18.20.4' });
  expect([...samples].sort((a, b) => a.ordinal - b.ordinal)).toEqual([
    { ordinal: 5, weight: 300, frames: [handle] },
    { ordinal: 6, weight: 600, frames: [handle] },
    { ordinal: 7, weight: 100, frames: [{ name: null, file: 'node:events', line: 1 }, handle] },
  ]);
});

test('a function of V8 itself has no file', () => {
  const inner = { ...answer.profile, samples: [{ nodeId: 4, size: 8, ordinal: 1 }] };
  expect(readProfile(JSON.stringify({ ...answer, profile: inner }))?.samples[0]?.frames[0]).toEqual({
    name: 'from',
    file: null,
  });
});

test('what the hook did not write, or could not sample, is no answer', () => {
  for (const text of ['', '{"number":3', '{"number":3}', 'null', '{"number":3,"node":"v18","profile":{"head":1}}'])
    expect(readProfile(text)).toBeNull();
});
