import { defineConfig } from 'vitest/config';

/**
 * Tests that run alone. They measure memory or whole runs, or need all of the processor. `stack/isolation` plants what
 * a killed run leaves behind, and each run of another file would remove it first.
 */
const ALONE = [
  'cli/run',
  'cli/selftest',
  'observe/*',
  'lens/*',
  'hunt/*',
  'explain/*',
  'narrow/*',
  'stack/isolation',
].map((name) => `test/${name}.docker.test.ts`);
const DOCKER = { testTimeout: 300_000, hookTimeout: 300_000, globalSetup: 'test/leftovers.ts' };

export default defineConfig({
  test: {
    // By default vitest leaves one core free, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      // A busy host is slow, not wrong.
      {
        test: {
          name: 'unit',
          // One process for many files: to load the modules anew for each file would take much of the time.
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
          ...DOCKER,
        },
      },
      // These mostly wait for containers: two files at a time, after the others.
      {
        test: {
          name: 'docker-beside',
          include: ['test/**/*.docker.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 2 },
          ...DOCKER,
        },
      },
    ],
  },
});
