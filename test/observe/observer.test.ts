import { describe, expect, test } from 'vitest';
import type { ContainerEvent, Reading } from '../../src/model/index.js';
import { observerOver, type ObserverOptions } from '../../src/observe/index.js';
import { fixture, memoryFiles } from './memory-files.js';
import { simulatedClock, simulatedDaemon } from './simulation.js';

const ID = '9f2c1d7a4be0835566d0e1c2f3a4b59687c8d9eafb0c1d2e3f405162738495a6';
const CGROUP = `/sys/fs/cgroup/system.slice/docker-${ID}.scope`;
const LOG = `/var/lib/docker/containers/${ID}/${ID}-json.log`;
const running = (pid: number) => ({ running: true, pid, exitCode: 0, oomKilled: false, log: LOG });
const ended = (exitCode: number) => ({ running: false, pid: 0, exitCode, oomKilled: false, log: LOG });

/** A container `waf` under a simulated daemon on a cgroup v2 host. */
function world() {
  const clock = simulatedClock();
  const daemon = simulatedDaemon({ [ID]: running(77) });
  const files = memoryFiles({ '/proc/self/mountinfo': fixture('cgroup2/mountinfo') });
  const readings: Reading[] = [];
  const events: ContainerEvent[] = [];
  const start = (pid: number) => {
    files.set(`/proc/${pid}/cgroup`, fixture('cgroup2/proc-cgroup'));
    files.set(`/proc/${pid}/fd/0`, '-> /dev/null');
    files.set(`${CGROUP}/cgroup.procs`, `${pid}\n`);
    files.set(`${CGROUP}/memory.events`, 'oom_kill 0\n');
    for (const name of ['memory.stat', 'memory.current']) files.set(`${CGROUP}/${name}`, fixture(`cgroup2/${name}`));
    daemon.states.set(ID, running(pid));
  };
  const stop = (state: ReturnType<typeof ended> | null) => {
    files.remove(CGROUP);
    files.remove('/proc/77');
    if (state === null) daemon.states.delete(ID);
    else daemon.states.set(ID, state);
  };
  start(77);
  const observe = (options: Partial<ObserverOptions> = {}) =>
    observerOver(daemon, { files, timers: clock.timers, ...options }).observe({
      arm: 'baseline',
      containers: [{ id: ID, name: 'run-waf-1', service: 'waf', container: 1 }],
      answered: () => Math.round(clock.now() * 100),
      elapsed: clock.now,
      onReading: (reading) => readings.push(reading),
      onEvent: (event) => events.push(event),
    });
  const kinds = () => events.map(({ kind }) => kind);
  const times = () => readings.map(({ time }) => time);
  return { clock, daemon, files, readings, events, kinds, times, start, stop, observe };
}

describe('from cgroup files', () => {
  test('one reading per full second, dated at its end', async () => {
    const { clock, readings, times, observe } = world();
    clock.block(0.4);
    const observation = await observe();
    expect(observation).toMatchObject({ source: 'cgroup2', notes: [] });
    await clock.pass(4.7);
    expect(times()).toEqual([2, 3, 4, 5]);
    expect(readings[0]).toMatchObject({
      service: 'waf',
      container: 1,
      requests: 200,
      minimum: { anon_bytes: 41_385_984, pids: 1, fds: 1 },
    });
  });

  test('what the container uses up is read once per second; what cannot be read is absent', async () => {
    const { clock, files, readings, observe } = world();
    files.set(`${CGROUP}/cpu.stat`, 'usage_usec 2500400\nuser_usec 2000000\n');
    files.set(LOG, 'two lines\n'.repeat(2));
    await observe();
    await clock.pass(3);
    expect(readings.at(-1)?.minimum).toMatchObject({ cpu_ms: 2500, log_bytes: 20 });
    expect(readings.at(-1)?.minimum).not.toHaveProperty('written_bytes');
  });

  test('minimum and median come from several looks in the second', async () => {
    const { clock, files, readings, observe } = world();
    await observe();
    await clock.pass(0.9);
    for (const anon of [500, 300, 900, 700]) {
      files.set(`${CGROUP}/memory.stat`, `anon ${anon}\nshmem 1\n`);
      await clock.pass(0.25);
    }
    await clock.pass(0.25);
    expect(readings[0]).toMatchObject({
      time: 2,
      minimum: { anon_bytes: 300, unreclaimable_bytes: 301 },
      median: { anon_bytes: 600 },
    });
  });

  test('disposing flushes the last full second and stops everything, silently', async () => {
    const { clock, daemon, times, kinds, observe, stop } = world();
    const observation = await observe();
    await clock.pass(2.9);
    clock.block(0.2);
    await observation[Symbol.asyncDispose]();
    await observation[Symbol.asyncDispose]();
    expect(times()).toEqual([2, 3]);
    daemon.say({ kind: 'die', id: ID, exitCode: 137 });
    stop(null);
    await clock.pass(20);
    expect([times(), kinds(), daemon.inspections]).toEqual([[2, 3], [], 1]);
  });

  test('exit, restart and the readings of the new process', async () => {
    const { clock, daemon, events, kinds, times, observe, start, stop } = world();
    await observe();
    await clock.pass(2.5);
    stop(ended(139));
    daemon.say({ kind: 'die', id: ID, exitCode: 139 });
    await clock.pass(2);
    start(90);
    daemon.say({ kind: 'start', id: ID });
    await clock.pass(2.5);
    expect(kinds()).toEqual(['exit', 'restart']);
    expect(events[0]).toMatchObject({ time: 2.5, requests: 250, detail: 'exit code 139 (SIGSEGV)' });
    expect(times()).toEqual([2, 3, 5, 6, 7]);
  });

  test('an exit and a restart that the event stream missed are found by asking', async () => {
    const { clock, kinds, times, observe, start, stop } = world();
    await observe();
    await clock.pass(2);
    stop(ended(1));
    await clock.pass(6);
    expect(kinds()).toEqual(['exit']);
    start(90);
    await clock.pass(6);
    expect(kinds()).toEqual(['exit', 'restart']);
    expect(times().at(-1)).toBe(14);
  });

  test('a restart too quick to be seen is known by its main process', async () => {
    const { clock, events, observe, start } = world();
    await observe();
    await clock.pass(2);
    start(90);
    await clock.pass(6);
    expect(events).toMatchObject([{ kind: 'restart', detail: 'main process 77 → 90, no exit was reported' }]);
  });

  test('a container that is removed without an exit has vanished, once', async () => {
    const { clock, kinds, observe, stop } = world();
    await observe();
    await clock.pass(2);
    stop(null);
    await clock.pass(30);
    expect(kinds()).toEqual(['vanished']);
  });

  test('a cgroup that is gone while the daemon calls its container running has vanished', async () => {
    const { clock, kinds, files, observe } = world();
    await observe();
    await clock.pass(2);
    files.remove(CGROUP);
    await clock.pass(30);
    expect(kinds()).toEqual(['vanished']);
  });

  test('an out-of-memory kill that both the kernel and the daemon report is one event', async () => {
    const { clock, daemon, files, events, observe } = world();
    await observe();
    await clock.pass(2.5);
    daemon.say({ kind: 'oom', id: ID });
    files.set(`${CGROUP}/memory.events`, 'oom_kill 1\n');
    await clock.pass(5);
    expect(events).toHaveLength(1);
    files.set(`${CGROUP}/memory.events`, 'oom_kill 3\n');
    await clock.pass(2);
    expect(events[1]).toMatchObject({ kind: 'oom-kill', detail: expect.stringContaining('oom_kill 1 → 3') });
  });

  test('the kill of a main process that the daemon missed is found in the cgroup around it', async () => {
    const { clock, daemon, files, kinds, stop, observe } = world();
    files.set('/sys/fs/cgroup/system.slice/memory.events', 'oom_kill 4\n');
    await observe();
    await clock.pass(2.5);
    files.set('/sys/fs/cgroup/system.slice/memory.events', 'oom_kill 5\n');
    stop(ended(137));
    daemon.say({ kind: 'die', id: ID, exitCode: 137 });
    await clock.pass(2);
    expect(kinds()).toEqual(['oom-kill', 'exit']);
  });

  test('a SIGKILL that somebody sent is no such kill', async () => {
    const { clock, daemon, files, kinds, stop, observe } = world();
    files.set('/sys/fs/cgroup/system.slice/memory.events', 'oom_kill 4\n');
    await observe();
    await clock.pass(2.5);
    files.set('/sys/fs/cgroup/system.slice/memory.events', 'oom_kill 5\n');
    daemon.say({ kind: 'kill', id: ID, signal: '9' });
    stop(ended(137));
    daemon.say({ kind: 'die', id: ID, exitCode: 137 });
    await clock.pass(2);
    expect(kinds()).toEqual(['exit']);
  });

  test('what a reader of the numbers must know of the host is noted', async () => {
    const { files, observe } = world();
    files.set('/sys/kernel/mm/transparent_hugepage/enabled', '[always] madvise never\n');
    files.remove('/proc/77/fd');
    const { notes } = await observe();
    expect(notes.map(({ code }) => code)).toEqual(['processes-closed', 'huge-pages']);
  });

  test('a replaced worker is an event', async () => {
    const { clock, files, events, observe } = world();
    const stat = (pid: number, startTime: number) =>
      files.set(`/proc/${pid}/stat`, `${pid} (nginx) S 77 ${'0 '.repeat(17)}${startTime} 0`);
    stat(80, 100);
    stat(95, 900);
    files.set(`${CGROUP}/cgroup.procs`, '77\n80\n');
    await observe();
    await clock.pass(4);
    files.set(`${CGROUP}/cgroup.procs`, '77\n95\n');
    await clock.pass(2);
    expect(events).toMatchObject([{ kind: 'process-replaced', detail: 'process replaced: nginx 80 → 95' }]);
  });

  test('the daemon going away and coming back costs no reading and is no event', async () => {
    const { clock, daemon, kinds, times, observe } = world();
    await observe();
    await clock.pass(2);
    daemon.goAway();
    await clock.pass(5);
    daemon.comeBack();
    await clock.pass(3);
    daemon.say({ kind: 'die', id: ID, exitCode: 0 });
    expect(times()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(kinds()).toEqual(['exit']);
  });
});

describe('from the stats API', () => {
  const stats: unknown = JSON.parse(fixture('docker-stats/version2.json'));

  test('where the pid names another process, readings come from the daemon', async () => {
    const { clock, daemon, files, readings, times, observe } = world();
    files.set('/proc/77/cgroup', '0::/user.slice\n');
    const observation = await observe();
    expect(observation.source).toBe('docker-stats');
    expect(observation.notes.map(({ code }) => code)).toEqual([
      'stats-without-processes',
      'stats-once-a-second',
      'stats-kernel-memory-partial',
    ]);
    for (let second = 0; second < 4; second += 1) {
      daemon.send(ID, stats);
      await clock.pass(1);
    }
    expect(times()).toEqual([2, 3, 4]);
    expect(readings[0]?.minimum).not.toHaveProperty('fds');
    await observation[Symbol.asyncDispose]();
  });

  test('a stopped container gives no readings though the stream goes on', async () => {
    const { clock, daemon, kinds, times, observe } = world();
    await observe({ source: 'stats' });
    await clock.pass(1.1);
    daemon.states.set(ID, ended(3));
    daemon.say({ kind: 'die', id: ID, exitCode: 3 });
    daemon.send(ID, stats);
    daemon.send(ID, { read: '0001-01-01T00:00:00Z', memory_stats: {} });
    await clock.pass(5);
    expect([kinds(), times()]).toEqual([['exit'], []]);
    daemon.states.set(ID, running(90));
    daemon.say({ kind: 'start', id: ID });
    await clock.pass(1);
    daemon.send(ID, stats);
    await clock.pass(1);
    expect([kinds(), times()]).toEqual([['exit', 'restart'], [8]]);
  });

  test('a lost stream is opened again', async () => {
    const { clock, daemon, times, observe } = world();
    await observe({ source: 'stats' });
    await clock.pass(1.5);
    daemon.goAway();
    await clock.pass(3);
    daemon.comeBack();
    await clock.pass(2);
    daemon.send(ID, stats);
    await clock.pass(1);
    expect(times()).toEqual([7]);
  });
});

describe('from the stats API with a sidecar', () => {
  const stats: unknown = JSON.parse(fixture('docker-stats/version2.json'));
  const processes = (...pids: number[]) => ({
    fds: 40,
    sockets: null,
    processes: pids.map((pid) => [pid, 'nginx', pid === 1 ? 0 : 1, 100 + pid]),
  });
  const watched = async () => {
    const all = world();
    all.daemon.answer(ID, () => processes(1, 7));
    const observation = await all.observe({ source: 'stats', sidecar: true });
    return { ...all, observation };
  };

  test(
    'processes and descriptors come from the sidecar, memory and threads from the ' +
      'daemon; what was not told is absent',
    async () => {
      const { clock, daemon, readings, observation } = await watched();
      expect(observation.notes[0]).toEqual({ code: 'stats-with-sidecar', facts: {} });
      await clock.pass(1);
      daemon.send(ID, stats);
      await clock.pass(1.1);
      expect(readings[0]?.minimum).toMatchObject({ pids: 2, fds: 40, threads: 3, anon_bytes: 41_385_984 });
      expect(readings[0]?.minimum).not.toHaveProperty('sockets');
      await observation[Symbol.asyncDispose]();
      expect([...daemon.sidecars]).toEqual([]);
    },
  );

  test('a replaced worker is an event', async () => {
    const { clock, daemon, events } = await watched();
    await clock.pass(4);
    daemon.answer(ID, () => processes(1, 9));
    await clock.pass(2);
    expect(events).toMatchObject([{ kind: 'process-replaced', detail: 'process replaced: nginx 7 → 9' }]);
  });

  test(
    'the container ends with its sidecar, is alone while down, and has another one after its restart, ' +
      'with processes that replace nobody',
    async () => {
      const { clock, daemon, kinds, times } = await watched();
      await clock.pass(4.5);
      daemon.states.set(ID, ended(3));
      daemon.say({ kind: 'die', id: ID, exitCode: 3 });
      await clock.pass(5);
      expect(daemon.sidecars.size).toBe(0);
      daemon.answer(ID, () => processes(1, 31));
      daemon.states.set(ID, running(90));
      daemon.say({ kind: 'start', id: ID });
      await clock.pass(2.6);
      expect([kinds(), times().at(-1), daemon.sidecars.size]).toEqual([['exit', 'restart'], 12, 1]);
    },
  );

  test('a lost connection costs readings, and is made again', async () => {
    const { clock, daemon, times, kinds } = await watched();
    await clock.pass(2.5);
    daemon.goAway();
    await clock.pass(2);
    daemon.comeBack();
    await clock.pass(4);
    expect([times(), kinds()]).toEqual([[2, 3, 7, 8], []]);
  });

  test('one that cannot be started beside a running container is an error, and leaves nothing', async () => {
    const { daemon, observe } = world();
    await expect(observe({ source: 'stats', sidecar: true })).rejects.toMatchObject({
      code: 'OBSERVE_FAILED',
      hint: expect.stringContaining('observe.sidecar'),
    });
    expect(daemon.sidecars.size).toBe(0);
  });

  test("where the kernel's files can be read, none is started", async () => {
    const { daemon, observe } = world();
    const { source, notes } = await observe({ sidecar: true });
    expect([source, notes, daemon.sidecars.size]).toEqual(['cgroup2', [{ code: 'sidecar-not-needed', facts: {} }], 0]);
  });
});

describe('what cannot be watched', () => {
  test('a container that is gone', async () => {
    const { daemon, observe } = world();
    daemon.states.delete(ID);
    await expect(observe()).rejects.toMatchObject({ code: 'OBSERVE_FAILED', hint: expect.any(String) });
  });

  test('no container that runs', async () => {
    const { daemon, observe } = world();
    daemon.states.set(ID, ended(0));
    await expect(observe()).rejects.toMatchObject({ code: 'OBSERVE_FAILED' });
  });

  test('a daemon that does not answer', async () => {
    const { daemon, observe } = world();
    daemon.goAway();
    await expect(observe()).rejects.toMatchObject({ code: 'OBSERVE_FAILED', cause: expect.any(Error) });
  });

  test('cgroup files asked for by name where there are none', async () => {
    const { files, observe } = world();
    files.remove(CGROUP);
    await expect(observe({ source: 'cgroup' })).rejects.toMatchObject({ code: 'OBSERVE_FAILED' });
  });
});
