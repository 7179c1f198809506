import type { Line } from '../compose/failures.js';
import type { Compose } from '../compose/find-compose.js';
import type { DockerConnection } from '../docker/connect.js';
import type { Lens } from '../isolate/types.js';
import { ensureHook, ensureLibrary, preloadOf, type Preloads } from '../lens/index.js';
import type { Scenario } from '../model/index.js';

interface LensPreparation {
  readonly daemon: DockerConnection;
  readonly compose: Compose;
  readonly scenario: Pick<Scenario, 'observe'>;
  readonly folder: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/**
 * Builds the lens and looks at the images that it is to be put into. The answer tells the lens of an arm by the images
 * of its services. Null if the scenario wants no lens, or its counters could not be read: the daemon is elsewhere.
 */
export async function prepareLens(
  { daemon, compose, scenario, folder, labels, signal, onLine }: LensPreparation,
  images: readonly { readonly name: string; readonly id: string }[],
): Promise<((services: Readonly<Record<string, string>>) => Lens) | null> {
  const { lens = 'off' } = scenario.observe ?? {};
  if (lens === 'off' || !daemon.local) return null;
  const name = lens === 'profile' ? 'profile' : 'lens';
  const library = await ensureLibrary({ docker: daemon.docker, name, compose, folder, labels, signal, onLine });
  const hook = lens === 'profile' ? ensureHook(folder) : null;
  const preloads = new Map<string, Preloads | null>();
  for (const { name, id } of images) preloads.set(name, await preloadOf(daemon.docker, id, labels));
  return (services) => ({
    library,
    hook,
    preloaded: Object.fromEntries(
      Object.entries(services).flatMap(([service, image]) => {
        const preloaded = preloads.get(image) ?? null;
        return preloaded === null ? [] : [[service, preloaded] as const];
      }),
    ),
  });
}
