import type { ComposeModel } from '../compose/model.js';
import type { HostPaths } from '../hostpaths/host-path.js';
import type { Lens } from '../isolate/types.js';

/** An arm that can be brought up at once: its resolved model, and what each service is started from. */
export interface PreparedArm {
  readonly model: ComposeModel;
  readonly images: Readonly<Record<string, PreparedImage>>;
  /** Image of the container that is the arm's own host, if the arm needs one. */
  readonly hostImage: string;
  /** What stands at the host paths that it mounts. */
  readonly hostPaths: HostPaths;
  /** Whether the engine can check health while a container starts and then leave it alone. */
  readonly startupChecks: boolean;
  /** Whether the engine can mount a file or a folder of a volume. */
  readonly subpaths: boolean;
  /** Names of the daemon's volumes; null if they are not known. */
  readonly volumesHere: readonly string[] | null;
  /** Address of the daemon's host that ports are published on, and whether that host is another machine. */
  readonly publishedOn: string;
  readonly elsewhere: boolean;
  /** The daemon's socket on this machine; null if it is reached otherwise. */
  readonly daemonSocket: string | null;
  /** What counts the live heap of its services; null if nothing does. */
  readonly lens: Lens | null;
}

export interface PreparedImage {
  readonly name: string;
  /** Trials start this id, so that a tag that moves in the middle of a run changes nothing. */
  readonly id: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The first API in which a health check has an interval of its own for the start: Engine 25. */
const START_INTERVAL_API = 1.44;
/** The first API that mounts a part of a volume: Engine 26. */
const SUBPATH_API = 1.45;

/** What an engine of this API can do for an arm. */
export function abilitiesOf(api: string): Pick<PreparedArm, 'startupChecks' | 'subpaths'> {
  const version = Number(api);
  return { startupChecks: version >= START_INTERVAL_API, subpaths: version >= SUBPATH_API };
}
