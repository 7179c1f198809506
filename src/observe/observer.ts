import type Dockerode from 'dockerode';
import {
  SlopegateError,
  type ContainerHandle,
  type LensSetting,
  type Observation,
  type ObserveRequest,
  type ObserveSource,
  type Observer,
} from '../model/index.js';
import { startWatch } from './start-watch.js';
import { dockerClient, type ContainerClient, type ContainerState } from './docker/client.js';
import { hostFiles, type KernelFiles } from './kernel-files.js';
import { throughLens } from './lens/through-lens.js';
import { chooseSource } from './source.js';
import { hostTimers, type Timers } from './ticker.js';

export interface ObserverOptions {
  readonly docker: Dockerode;
  /** The kernel's files; this host's by default. */
  readonly files?: KernelFiles;
  readonly timers?: Timers;
  /** Looks at each container's memory per second. */
  readonly hertz?: number;
  /** `auto` unless stated. */
  readonly source?: ObserveSource;
  /** Whether the stats API is helped out by sidecars, of the image SIDECAR_IMAGE. */
  readonly sidecar?: boolean;
  /** Whether the counters of the lens are read; `off` unless stated. */
  readonly lens?: LensSetting | 'profile';
}

/**
 * Watches containers through the kernel's cgroup files, or through Docker's stats API if the daemon is elsewhere.
 */
export function createObserver({ docker, ...rest }: ObserverOptions): Observer {
  return observerOver(dockerClient(docker), rest);
}

export function observerOver(client: ContainerClient, options: Omit<ObserverOptions, 'docker'>): Observer {
  const { files = hostFiles, timers = hostTimers, hertz = 4, source = 'auto', sidecar = false, lens = 'off' } = options;
  return {
    observe: async (request: ObserveRequest): Promise<Observation> => {
      try {
        const states = await inspectAll(client, request.containers);
        const chosen = await chooseSource({ client, files, timers, states, wanted: source, sidecar });
        const seen = lens === 'auto' ? throughLens(chosen, files, request.containers, states) : chosen;
        return await startWatch({ client, timers, hertz, request, states, source: seen });
      } catch (cause) {
        if (cause instanceof SlopegateError) throw cause;
        throw new SlopegateError('OBSERVE_FAILED', 'The containers cannot be watched: Docker did not answer.', {
          cause,
          hint: 'Check the daemon with `docker info`.',
        });
      }
    },
  };
}

async function inspectAll(
  client: ContainerClient,
  handles: readonly ContainerHandle[],
): Promise<ReadonlyMap<string, ContainerState>> {
  const states = new Map<string, ContainerState>();
  for (const { id, name } of handles) {
    const state = await client.inspect(id);
    if (state === null)
      throw new SlopegateError('OBSERVE_FAILED', `Container ${name} ended before it could be watched.`, {
        hint: 'See its log: it was removed, or it ended at once.',
      });
    states.set(id, state);
  }
  return states;
}
