import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningStack } from '../../src/model/index.js';
import { run, type CommandResult } from '../../src/compose/run.js';
import { apiFolderOf } from '../../src/arms/index.js';
import { calm, docker as daemon, fixture, leftovers, newRun, newStack, scenarioOf } from './daemon.js';
import { say } from '../../src/words/say.js';

const scenario = scenarioOf([fixture('own-api.yml')], { entry: { service: 'edge', port: 8080 }, origin: null });
const runId = newRun();
const ownedBy = { runId, trialId: 'r1-baseline', arm: 'baseline' } as const;
const folder = apiFolderOf(ownedBy);

/** A client of the arm's own API: the docker command, as any product's client. */
function docker(args: readonly string[], input = ''): Promise<CommandResult> {
  return run({ command: ['docker', '-H', `unix://${folder}/console.sock`, ...args], env: process.env, input });
}

describe("a Docker API of the arm's own", () => {
  let arm: RunningStack;
  beforeAll(async () => {
    const stack = newStack();
    await stack.prepare({ scenario, runId, signal: calm(), onLine: () => {} });
    arm = await stack.up({ scenario, ...ownedBy, signal: calm() });
  });
  afterAll(async () => {
    await arm[Symbol.asyncDispose]();
  });

  const inside = async (service: string, command: readonly string[]): Promise<CommandResult> => {
    const { id } = arm.containers.find((container) => container.service === service)!;
    return run({ command: ['docker', 'exec', id, ...command], env: process.env });
  };

  test('is where the compose file mounts it: in a writable folder, and under a read-only root', async () => {
    const console = await inside('console', ['sh', '-c', 'ls /app/run; touch /app/run/own.pid && echo writable']);
    expect(console.stdout.trim().split('\n')).toEqual(['docker.sock', 'writable']);
    expect((await inside('watcher', ['test', '-S', '/var/run/docker.sock'])).code).toBe(0);
    // Asked from within a container, by a user without rights.
    const asked =
      '$s = IO::Socket::UNIX->new("/app/run/docker.sock") or die $!; ' +
      'print $s "GET /containers/json HTTP/1.0\\r\\n\\r\\n"; local $/; print <$s> =~ /"Names":\\["([^"]+)/g';
    const { id } = arm.containers.find(({ service }) => service === 'console')!;
    const { stdout } = await run({
      command: ['docker', 'exec', '-u', '12345', id, 'perl', '-MIO::Socket::UNIX', '-e', asked],
      env: process.env,
    });
    expect(stdout.split('/').filter(Boolean).sort()).toEqual(['shop-console', 'shop-edge', 'shop-watcher-1']);
  });

  test("shows the arm's containers alone, under the names of the compose file", async () => {
    const others = await daemon.listContainers({ all: true });
    const { stdout } = await docker(['ps', '--all', '--format', '{{.Names}} {{.Image}}']);
    expect(stdout.trim().split('\n').sort()).toEqual(
      ['shop-console', 'shop-edge', 'shop-watcher-1'].map((name) => `${name} debian:bookworm-slim`),
    );
    expect(others.length).toBeGreaterThanOrEqual(3);
    expect((await docker(['ps', '-q', '--filter', 'label=traefik.enable=true'])).stdout.trim()).toMatch(
      /^[0-9a-f]{12}$/,
    );
    expect((await docker(['network', 'ls', '--format', '{{.Name}}'])).stdout.trim()).toBe('shop-net');
    const { stdout: inspected } = await docker(['inspect', 'shop-edge']);
    expect(JSON.parse(inspected)).toMatchObject([{ Name: '/shop-edge', Config: { Labels: { 'shop.role': 'edge' } } }]);
    expect((await docker(['compose', '-p', 'shop', 'ps', '-q', 'edge'])).stdout.trim()).toMatch(/^[0-9a-f]{64}$/);
  });

  test('it shows nothing of the machine that belongs to others', async () => {
    const { stdout } = await docker(['info', '--format', '{{json .}}']);
    const { Name, Containers, Images, DockerRootDir } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ Name, Containers, Images, DockerRootDir }).toEqual({
      Name: 'shop',
      Containers: 3,
      Images: 0,
      DockerRootDir: '',
    });
    expect(stdout).not.toContain(hostname());
  });

  test('runs commands, with what is typed and how they end', async () => {
    const { code, stdout } = await docker(['exec', '-i', 'shop-edge', 'sh', '-c', 'cat; exit 3'], 'typed\n');
    expect([code, stdout]).toEqual([3, 'typed']);
  });

  test('a restart of a service is reported with its events', async () => {
    const before = await daemon.getContainer(arm.containers.find(({ service }) => service === 'watcher')!.id).inspect();
    const since = String(Math.floor(Date.now() / 1000) - 1);
    expect((await docker(['restart', '-t', '0', 'shop-watcher-1'])).stdout.trim()).toBe('shop-watcher-1');
    const after = await daemon.getContainer(before.Id).inspect();
    expect([after.State.Running, after.State.StartedAt > before.State.StartedAt]).toEqual([true, true]);
    const until = String(Math.floor(Date.now() / 1000) + 1);
    const { stdout } = await docker([
      'events',
      '--since',
      since,
      '--until',
      until,
      '--format',
      '{{.Action}} {{.Actor.Attributes.name}}',
    ]);
    expect(stdout.trim().split('\n')).toContain('restart shop-watcher-1');
  });

  test('creates, pulls and removes nothing, and does not know other containers', async () => {
    const refused = [
      ['run', '--rm', '-v', '/:/host', 'debian:bookworm-slim', 'true'],
      ['pull', 'slopegate/none'],
      ['rm', '-f', 'shop-watcher-1'],
      ['exec', '--privileged', 'shop-edge', 'true'],
      ['update', '--memory', '1g', 'shop-edge'],
      ['network', 'connect', 'shop-net', 'shop-edge'],
      ['volume', 'create', 'other'],
      ['system', 'prune', '--force'],
    ];
    for (const args of refused) {
      const { code, lines } = await docker(args);
      expect([args[0], code === 0, lines.join(' ')]).toEqual([
        args[0],
        false,
        expect.stringContaining('slopegate does not let an arm under test do this: '),
      ]);
    }
    // By its name on the daemon nobody in the arm knows it, and other containers are not there at all.
    const [own] = arm.containers;
    expect((await docker(['restart', own!.name])).lines.join(' ')).toContain('No such thing in this arm');
    expect(await daemon.getContainer(own!.id).inspect()).toMatchObject({ State: { Running: true } });
  });

  test('the report lists the calls to it', async () => {
    const notes = (await arm.notes!()).map(say);
    expect(notes).toContainEqual(
      expect.stringMatching(/^console asked its Docker API .*POST \/containers\/create \(1 time\)/),
    );
    expect(notes).toContainEqual(
      'console acted on its arm through its Docker API: exec edge (1 time), restart watcher (1 time).',
    );
  });

  test('with the arm its sockets go', async () => {
    expect(existsSync(folder)).toBe(true);
    await arm[Symbol.asyncDispose]();
    expect(await leftovers(runId)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });
});
