import type { Observation, ObserveRequest } from '../model/index.js';
import type { ContainerClient, ContainerState } from './docker/client.js';
import { followSignals } from './docker/follow-signals.js';
import { lifecycle } from './lifecycle.js';
import { secondClock } from './second-clock.js';
import type { Source } from './source.js';
import { startTicker, type Timers } from './ticker.js';
import { watchContainer } from './watch-container.js';

/** Seconds without a reading after which the daemon is asked about a container, and between such questions. */
const SILENCE_SECONDS = 3;

export interface WatchOptions {
  readonly client: ContainerClient;
  readonly timers: Timers;
  readonly hertz: number;
  readonly request: ObserveRequest;
  readonly states: ReadonlyMap<string, ContainerState>;
  readonly source: Source;
}

/** Starts reading every container of the request, until disposed. */
export async function startWatch({
  client,
  timers,
  hertz,
  request,
  states,
  source,
}: WatchOptions): Promise<Observation> {
  let live = true;
  const isLive = (): boolean => live;
  const watches = request.containers.map((handle) => {
    const watch = watchContainer(handle, request, isLive);
    const probe = source.probe(handle.id, watch);
    const life = lifecycle({ id: handle.id, client, probe, event: watch.event, live: isLive });
    return { id: handle.id, watch, probe, life, silent: 0 };
  });

  const endSecond = (time: number, requests: number, full: boolean): void => {
    for (const one of watches) {
      one.silent = one.watch.flush(time, requests, full) ? 0 : one.silent + 1;
      if (live && one.silent > 0 && one.silent % SILENCE_SECONDS === 0) void one.life.check();
    }
  };
  const clock = secondClock(request, endSecond);

  const stopSignals = await followSignals({
    client,
    timers,
    ids: watches.map(({ id }) => id),
    onSignal: (signal) => watches.find(({ id }) => id === signal.id)?.life.signal(signal),
    onReconnect: () => void Promise.all(watches.map(({ life }) => life.check())),
  });
  for (const { id, life } of watches) {
    const state = states.get(id);
    if (state !== undefined) life.begin(state);
  }
  const stopTicker = startTicker({
    hertz,
    elapsed: request.elapsed,
    timers,
    onTick: (at) => {
      const { second, first } = clock.tick(at);
      for (const { probe } of watches) probe.tick(second, first);
    },
  });

  const observation: Observation = {
    source: source.name,
    notes: source.notes,
    [Symbol.asyncDispose]: async () => {
      if (!live) return;
      live = false;
      stopTicker();
      stopSignals();
      clock.end(request.elapsed());
      await Promise.all(watches.map(({ probe }) => probe.close()));
    },
  };
  try {
    await Promise.all(watches.map(({ probe }) => probe.ready()));
  } catch (error) {
    await observation[Symbol.asyncDispose]();
    throw error;
  }
  return observation;
}
