import { expect, test } from 'vitest';
import { answers } from '../../src/arms/survey/answers.js';

test('a path that answers, one that is not there, and one that never answers', async () => {
  expect(await answers('/a', Promise.resolve(7))).toBe(7);
  expect(await answers('/a', Promise.reject(new Error('ENOENT')))).toBeNull();
  await expect(answers('/mnt/hangs', new Promise(() => {}), 20)).rejects.toMatchObject({
    code: 'COMPOSE_CONFIG',
    exitCode: 2,
    message: expect.stringContaining('/mnt/hangs') as string,
  });
});
