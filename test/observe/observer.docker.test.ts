import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import Docker from 'dockerode';
import { afterAll, describe, expect, test } from 'vitest';
import type { ContainerEvent, Metric, ObserveSource, Reading } from '../../src/model/index.js';
import { createObserver, hostFiles } from '../../src/observe/index.js';

const MIB = 2 ** 20;
const docker = new Docker();
const containers: Docker.Container[] = [];
const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function run(program: string, host: Docker.HostConfig = {}): Promise<Docker.Container> {
  const container = await docker.createContainer({
    Image: 'debian:bookworm-slim',
    Cmd: ['perl', '-e', `$| = 1; ${program}`],
    Labels: { 'io.slopegate': '1' },
    HostConfig: host,
  });
  containers.push(container);
  await container.start();
  return container;
}

async function watch(container: Docker.Container, source: ObserveSource = 'auto', sidecar = false, daemon = docker) {
  const begin = performance.now();
  const elapsed = (): number => (performance.now() - begin) / 1000;
  const readings: Reading[] = [];
  const events: ContainerEvent[] = [];
  const observation = await createObserver({ docker: daemon, source, sidecar }).observe({
    arm: 'baseline',
    containers: [{ id: container.id, name: 'test', service: 'test', container: 1 }],
    answered: () => Math.floor(elapsed() * 10),
    elapsed,
    onReading: (reading) => readings.push(reading),
    onEvent: (event) => events.push(event),
  });
  const last = (metric: Metric): number => readings.at(-1)?.minimum[metric] ?? Number.NaN;
  const until = async (done: () => boolean, seconds = 30): Promise<void> => {
    while (!done()) {
      if (elapsed() > seconds)
        throw new Error(`not within ${seconds} s: ${JSON.stringify({ events, last: readings.at(-1) })}`);
      await sleep(0.05);
    }
  };
  return { observation, readings, events, last, until, stop: () => observation[Symbol.asyncDispose]() };
}

afterAll(() => Promise.all(containers.map((container) => container.remove({ force: true, v: true }))));

const SOURCES: readonly ObserveSource[] =
  hostFiles.readText('/proc/self/cgroup') === null ? ['stats'] : ['cgroup', 'stats'];

describe.runIf(SOURCES.includes('cgroup'))('from cgroup files', () => {
  /** Does each step of a program at a signal; `@held` keeps the memory that it takes. */
  const stepwise = (...steps: string[]) =>
    `our @held; my @steps = (${steps.map((step) => `sub { ${step} }`).join(', ')}); $SIG{USR1} = sub { ` +
    `(shift @steps)->() }; sleep 1 while 1`;

  test('memory, tmpfs, descriptors, sockets, threads and processes move by what the container takes', async () => {
    const container = await run(
      stepwise(
        'push @held, join "", map { chr(65 + $_ % 26) x 1048576 } 1 .. 20',
        'open my $f, ">", "/t/file"; print $f "y" x (8 * 1048576)',
        'for (1 .. 50) { open my $f, "<", "/etc/passwd"; push @held, $f } socket(my $s, 2, 1, 0); push @held, $s',
        'fork',
        'my $n = 0; $n += $_ for 1 .. 4000000; print "z" x 999, "\\n"; open my $f, ">", "/var/tmp/f"; ' +
          'print $f "w" x 2097152; close $f',
      ),
      { Tmpfs: { '/t': '' } },
    );
    const { observation, last, readings, until, stop } = await watch(container);
    expect(observation.source).toMatch(/^cgroup[12]$/);
    const step = async (): Promise<Reading> => {
      await until(() => readings.length > 0);
      const before = readings.at(-1);
      if (before === undefined) throw new Error('no reading');
      await container.kill({ signal: 'USR1' });
      const count = readings.length;
      await until(() => readings.length > count + 3);
      return before;
    };
    const grown = (before: Reading, metric: Metric): number => last(metric) - (before.minimum[metric] ?? Number.NaN);

    const start = await step();
    // `map` builds a list and `join` copies it: perl holds both.
    expect(grown(start, 'anon_bytes') / MIB).toBeGreaterThan(19.9);
    expect(grown(start, 'unreclaimable_bytes')).toBeGreaterThanOrEqual(grown(start, 'anon_bytes'));
    expect(grown(start, 'shmem_bytes')).toBe(0);

    const filled = await step();
    expect(grown(filled, 'shmem_bytes')).toBe(8 * MIB);
    expect(Math.abs(grown(filled, 'file_bytes'))).toBeLessThan(MIB);

    const opened = await step();
    expect([grown(opened, 'fds'), grown(opened, 'sockets')]).toEqual([51, 1]);

    const forked = await step();
    expect([grown(forked, 'pids'), grown(forked, 'threads')]).toEqual([1, 1]);

    const used = await step();
    expect(grown(used, 'cpu_ms')).toBeGreaterThan(20);
    // Docker keeps each line with its time, in JSON.
    expect(grown(used, 'log_bytes')).toBeGreaterThanOrEqual(1000);
    expect(grown(used, 'log_bytes')).toBeLessThan(1200);
    // On cgroup v2 the kernel counts the bytes only when it writes them, some seconds later. A new file in a layer adds
    // some pages of folders.
    const least = observation.source === 'cgroup1' ? 2 * MIB : 0;
    expect(grown(used, 'written_bytes')).toBeGreaterThanOrEqual(least);
    expect(grown(used, 'written_bytes')).toBeLessThan(2.2 * MIB);
    expect(readings.map(({ time }) => time)).toEqual(readings.map((_, index) => (readings[0]?.time ?? 0) + index));
    await stop();
  });

  test.concurrent('a worker that is killed and started again is reported, with both process ids', async () => {
    const container = await run(
      'sub worker { my $p = fork; return $p if $p; sleep 1 while 1 } worker(); while ((my ' +
        '$dead = wait) > 0) { worker() }',
    );
    const { events, readings, until, stop } = await watch(container);
    await until(() => readings.length >= 5);
    await (
      await container.exec({
        Cmd: ['perl', '-e', 'kill 9, grep { $_ > 1 && $_ != $$ } map { m{/proc/(\\d+)$} } glob "/proc/*"'],
      })
    ).start({});
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      { kind: 'process-replaced', detail: expect.stringMatching(/^process replaced: perl \d+ → \d+$/) },
    ]);
    await stop();
  });

  test.concurrent(
    'a child that the kernel killed for lack of memory is reported, although the container lives on',
    async () => {
      const container = await run(
        'sleep 3; if (fork) { wait; sleep 1 while 1 } my $n = 100; my $x = "a" x ($n * 1048576)',
        { Memory: 32 * MIB, MemorySwap: 32 * MIB },
      );
      const { events, until, stop } = await watch(container);
      await until(() => events.length > 0);
      await sleep(4);
      expect(events.map(({ kind }) => kind)).toEqual(['oom-kill']);
      await stop();
    },
  );

  test('numbers agree with the stats API', async () => {
    const container = await run('my $n = 30; my $x = "a" x ($n * 1048576); sleep 1 while 1');
    await sleep(3);
    const cgroup = await watch(container);
    const api = await watch(container, 'stats');
    await cgroup.until(() => cgroup.readings.length >= 4 && api.readings.length >= 3);
    expect(Math.abs(cgroup.last('anon_bytes') - api.last('anon_bytes'))).toBeLessThan(64 * 1024);
    expect(Math.abs(cgroup.last('file_bytes') - api.last('file_bytes'))).toBeLessThan(256 * 1024);
    expect(Math.abs(cgroup.last('usage_bytes') - api.last('usage_bytes'))).toBeLessThan(MIB);
    expect(cgroup.last('threads')).toBe(api.last('threads'));
    expect(Math.abs(cgroup.last('cpu_ms') - api.last('cpu_ms'))).toBeLessThan(100);
    await Promise.all([cgroup.stop(), api.stop()]);
  });
});

const sidecarsOf = async ({ id }: Docker.Container): Promise<Docker.ContainerInspectInfo[]> => {
  const listed = await docker.listContainers({ all: true, filters: JSON.stringify({ label: ['io.slopegate=1'] }) });
  const inspected = await Promise.all(
    listed.map(({ Id }) =>
      docker
        .getContainer(Id)
        .inspect()
        .catch(() => null),
    ),
  );
  return inspected.filter((one) => one?.HostConfig.PidMode === `container:${id}`) as Docker.ContainerInspectInfo[];
};

describe('with a sidecar', () => {
  test.runIf(SOURCES.includes('cgroup'))(
    "it counts what the kernel's files here do, of another user's processes too, and takes no memory of theirs",
    async () => {
      const container = await run(
        '$0 = "odd (\\"name"; for (1 .. 40) { open my $f, "<", "/etc/passwd"; push @f, $f } for (1 .. 10) ' +
          '{ socket(my $s, 2, 1, 0); push @f, $s } fork && fork; $< = $> = 65534; sleep 1 while 1',
      );
      const before = await watch(container, 'cgroup');
      await before.until(() => before.readings.length >= 2);
      await before.stop();
      const [here, beside] = [await watch(container, 'cgroup'), await watch(container, 'stats', true)];
      await beside.until(() => here.readings.length >= 3 && beside.readings.length >= 3);
      const counted = (['pids', 'threads', 'fds', 'sockets'] as const).map(beside.last);
      expect(counted).toEqual([3, 3, 3 * 53, 30]);
      expect(counted).toEqual((['pids', 'threads', 'fds', 'sockets'] as const).map(here.last));
      expect(here.last('anon_bytes')).toBe(before.last('anon_bytes'));
      const [sidecar] = await sidecarsOf(container);
      expect(sidecar?.HostConfig).toMatchObject({ ReadonlyRootfs: true, NetworkMode: 'none', CapDrop: ['ALL'] });
      await Promise.all([here.stop(), beside.stop()]);
      expect(await sidecarsOf(container)).toEqual([]);
    },
  );

  test.concurrent(
    'no other container of the pid namespace is counted, nor the sidecar; a replaced worker is told',
    async () => {
      const container = await run(
        'sub worker { my $p = fork; return $p if $p; sleep 1 while 1 } worker(); while ((my ' +
          '$dead = wait) > 0) { worker() }',
      );
      await run('sleep 1 while 1', { PidMode: `container:${container.id}` });
      const { events, readings, last, until, stop } = await watch(container, 'stats', true);
      await until(() => readings.length >= 5);
      expect(last('pids')).toBe(2);
      await (
        await container.exec({
          Cmd: [
            'perl',
            '-e',
            '@ARGV = glob "/proc/[0-9]*/stat"; while (<>) { my @stat = split; kill 9, $stat[0] if $stat[3] == 1 }',
          ],
        })
      ).start({});
      await until(() => events.length > 0);
      expect(events).toMatchObject([
        { kind: 'process-replaced', detail: expect.stringMatching(/^process replaced: perl \d+ → \d+$/) },
      ]);
      await stop();
    },
  );

  test.concurrent('it ends with the container and comes back with it', async () => {
    const container = await run('sleep 5; exit 3', { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 } });
    const { events, readings, until, stop } = await watch(container, 'stats', true);
    await until(() => events.length >= 2);
    const before = readings.length;
    await until(() => readings.slice(before).some(({ minimum }) => minimum.pids === 1));
    expect(events.map(({ kind }) => kind)).toEqual(['exit', 'restart']);
    await until(() => events.length >= 3);
    await until(() => readings.length > before);
    await stop();
    expect(await sidecarsOf(container)).toEqual([]);
  });
});

const socketPath = await (docker.modem as unknown as { getSocketPath(): Promise<string> | undefined }).getSocketPath();

test.runIf(socketPath !== undefined)(
  'a sidecar whose harness is gone, and with it the connection, ends by itself',
  async () => {
    const sockets: Socket[] = [];
    const daemon = createServer((client) => {
      const server = connect(socketPath!);
      for (const socket of [client, server]) socket.on('error', () => {});
      sockets.push(client, server);
      client.pipe(server).pipe(client);
    }).listen(0, '127.0.0.1');
    const container = await run('sleep 1 while 1');
    const far = new Docker({ protocol: 'http', host: '127.0.0.1', port: (daemon.address() as AddressInfo).port });
    const { last, readings, until, stop } = await watch(container, 'stats', true, far);
    await until(() => readings.length >= 2);
    expect([last('pids'), (await sidecarsOf(container)).length]).toEqual([1, 1]);
    daemon.close();
    for (const socket of sockets) socket.destroy();
    const gone = performance.now() + 10_000;
    while ((await sidecarsOf(container)).length > 0 && performance.now() < gone) await sleep(0.2);
    expect(await sidecarsOf(container)).toEqual([]);
    await stop();
  },
);

// Each test has a container of its own, and mostly waits for it.
describe.concurrent.each(SOURCES)('lifecycle, source %s', (source) => {
  test('an out-of-memory kill of the main process, with the exit that follows', async () => {
    const container = await run('sleep 3; my $n = 100; my $x = "a" x ($n * 1048576)', {
      Memory: 32 * MIB,
      MemorySwap: 32 * MIB,
    });
    const { events, until, stop } = await watch(container, source);
    await until(() => events.length >= 2);
    expect(events.map(({ kind }) => kind).sort()).toEqual(['exit', 'oom-kill']);
    expect(events.find(({ kind }) => kind === 'exit')?.detail).toBe('exit code 137 (SIGKILL)');
    await stop();
  });

  test('an exit with its code, a restart, and the readings of the new process', async () => {
    const container = await run('sleep 3; exit 3', { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 } });
    const { events, readings, until, stop } = await watch(container, source);
    await until(() => events.length >= 2);
    const before = readings.length;
    await until(() => readings.length > before);
    await until(() => events.length >= 3);
    expect(events.map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual([
      'exit: exit code 3',
      'restart: started again',
      'exit: exit code 3',
    ]);
    await stop();
  });

  test('a container taken down after the watch is no event', async () => {
    const container = await run('sleep 1 while 1');
    const { events, readings, until, stop } = await watch(container, source);
    await until(() => readings.length >= 2);
    await stop();
    const count = readings.length;
    await container.kill();
    await container.remove({ force: true });
    containers.splice(containers.indexOf(container), 1);
    await sleep(2);
    expect([events, readings.length]).toEqual([[], count]);
  });
});
