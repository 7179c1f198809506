import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCompose } from '../../src/compose/find-compose.js';
import { run } from '../../src/compose/run.js';
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

const PLUGIN = '/usr/libexec/docker/cli-plugins/docker-compose';

test.runIf(existsSync(PLUGIN))(
  'the file of the Compose plugin of Debian is started, and says what docker compose says',
  async () => {
    const { command, env } = await findCompose({ ...process.env, HOME: '/nonexistent', DOCKER_CONFIG: undefined });
    expect(command).toEqual([PLUGIN]);
    const input = JSON.stringify({
      name: 'a',
      services: { one: { image: 'one:1', environment: { A: '$$x' }, ports: ['80'] } },
    });
    const args = ['--ansi', 'never', '-f', '-', 'config', '--format', 'json'];
    const [direct, byDocker] = await Promise.all(
      [command, ['docker', 'compose']].map((way) => run({ command: [...way, ...args], env, input, cwd: '/' })),
    );
    expect(direct?.code).toBe(0);
    expect(JSON.parse(direct!.stdout)).toEqual(JSON.parse(byDocker!.stdout));
  },
);
