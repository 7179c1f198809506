import { expect, test } from 'vitest';
import { inspectDocker } from '../../src/docker/inspect-docker.js';
import { daemon } from './daemon.js';

test('the doctor finds a daemon, Compose and the base images', async () => {
  const report = await inspectDocker(daemon, ['debian:bookworm-slim', 'slopegate.invalid/nothing:1']);
  expect(report.problems).toEqual([]);
  expect(report.compose).toMatch(/^\d+\.\d+/);
  expect(report.images).toEqual({ 'debian:bookworm-slim': true, 'slopegate.invalid/nothing:1': false });
  expect(report.daemon).toMatchObject({ memoryLimits: true, rootless: false });
  expect(report.daemon?.cpus).toBeGreaterThan(0);
  expect([1, 2]).toContain(report.daemon?.cgroupVersion);
});
