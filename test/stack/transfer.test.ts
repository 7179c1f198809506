import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { tellProgress } from '../../src/stack/fill/progress.js';
import { watchTransfer } from '../../src/stack/fill/watch-transfer.js';

const never = new AbortController().signal;

test('a transfer that stands still ends, and says what stood still', async () => {
  using transfer = watchTransfer('/srv/rules', never, 20);
  await sleep(60);
  expect(transfer.signal.aborted).toBe(true);
  expect(String(transfer.signal.reason)).toContain('/srv/rules sent no data');
});

test('one that moves goes on, and one that is over is not watched any more', async () => {
  const transfer = watchTransfer('/srv/rules', never, 400);
  for (let time = 0; time < 4; time += 1) {
    await sleep(150);
    transfer.moved();
  }
  transfer[Symbol.dispose]();
  await sleep(500);
  expect(transfer.signal.aborted).toBe(false);
});

test('a long copy reports its progress', async () => {
  const lines: string[] = [];
  {
    using progress = tellProgress('/srv/data', 4 * 1024 ** 2, (line) => lines.push(line), 100);
    progress.moved(1024 ** 2);
    await sleep(150);
  }
  const told = lines.length;
  expect(lines[0]).toBe('copying /srv/data: 1 MiB of 4 MiB');
  await sleep(150);
  expect(lines).toHaveLength(told);
});
