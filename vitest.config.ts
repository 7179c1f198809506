import { defineConfig } from 'vitest/config';

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
          name: 'docker',
          include: ['test/**/*.docker.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // One file at a time: the tests share one daemon on a small host.
          fileParallelism: false,
        },
      },
    ],
  },
});
