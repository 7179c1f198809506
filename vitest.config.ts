import { defineConfig } from 'vitest/config';

/**
 * Tests that run alone. Some measure memory or whole runs: another test beside them would disturb the numbers. Others
 * start a stack with fixed ports and subnets by plain Compose: another test could be using the same ones.
 */
const ALONE = [
  'cli/run',
  'cli/selftest',
  'observe/*',
  'lens/*',
  'hunt/*',
  'explain/*',
  'stack/side-by-side',
  'stack/safeline-9',
].map((name) => `test/${name}.docker.test.ts`);
const DOCKER_PATIENCE = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // By default vitest leaves one core free, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      // A busy host is slow, not wrong.
      {
        test: {
          name: 'unit',
          // One process for many files: to load the modules anew for each file takes half of the time.
          isolate: false,
          testTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.docker.test.ts'],
        },
      },
      {
        test: {
          name: 'docker-alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...DOCKER_PATIENCE,
        },
      },
      // These mostly wait for containers: two files at a time, after the others.
      {
        test: {
          name: 'docker-beside',
          include: ['test/**/*.docker.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          ...DOCKER_PATIENCE,
        },
      },
    ],
  },
});
