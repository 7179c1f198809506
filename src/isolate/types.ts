import type { ComposeModel } from '../compose/model.js';
import type { Allowance, Change, OutboundSetting, Refusal } from '../model/index.js';
import type { Preloads } from '../lens/index.js';
import type { Move } from '../subnets/index.js';
import type { HostPath } from '../hostpaths/host-path.js';

/** What an arm gets instead of the values in its compose file. */
export interface IsolateOptions {
  /** Name of the arm's own Compose project. */
  readonly project: string;
  /** On every container, network and volume. */
  readonly labels: Readonly<Record<string, string>>;
  /** Container ports that slopegate must reach. Each gets a free port of `publishedOn`; no others are published. */
  readonly publish: readonly { readonly service: string; readonly port: number }[];
  /** Address of the daemon's host: 127.0.0.1, unless slopegate cannot reach that. */
  readonly publishedOn: string;
  /** Whether the daemon's host is another machine, with other files than those in `hostPaths`. */
  readonly elsewhere: boolean;
  /** Limits of every container; null keeps those of the compose file. */
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null };
  /** Service → image id or name that is started, whatever the compose file says. */
  readonly images: Readonly<Record<string, string>>;
  /** Image of the container that is the arm's host, if the arm needs one. */
  readonly hostImage: string;
  /** Services of the compose file that are left out of this arm. */
  readonly omit: readonly string[];
  /** Subnets of the daemon's networks and of the host's routes. */
  readonly subnetsInUse: readonly string[];
  /** What is at the host paths that are mounted. */
  readonly hostPaths: Readonly<Record<string, HostPath>>;
  readonly allow: readonly Allowance[];
  /** What the arm may reach outside of itself. */
  readonly outbound: OutboundSetting;
  /**
   * Folder of the sockets that services get instead of the daemon's; null if the daemon has no socket on this machine.
   */
  readonly apiFolder: string | null;
  /** Services whose health a step waits for. */
  readonly awaited: readonly string[];
  /** Mounts that are left out of this arm: `waf:/var/run`. */
  readonly without: readonly string[];
  /** Names of the daemon's volumes; null if they are not known. */
  readonly volumesHere: readonly string[] | null;
  /** Whether the engine can mount a file or a folder of a volume (API 1.45). */
  readonly subpaths: boolean;
  /** Whether the engine can limit health checks to the start of a container (API 1.44). */
  readonly startupChecks: boolean;
  /** What counts the live heap of the services; null if nothing does. */
  readonly lens: Lens | null;
}

/** What is preloaded into the services. */
export interface Lens {
  /** Path of the library on this machine. */
  readonly library: string;
  /** Path of the hook for Node.js on this machine; null if it is not wanted. */
  readonly hook: string | null;
  /** Service → what its image preloads by itself. Services that are not here get no lens. */
  readonly preloaded: Readonly<Record<string, Preloads>>;
}

export interface Isolated {
  readonly model: ComposeModel;
  readonly changes: readonly Change[];
  /** Reasons not to start this model. */
  readonly refusals: readonly Refusal[];
  /** What is put into the arm's own volumes and containers before they start. */
  readonly copies: readonly Copy[];
  /** How the subnets moved. Texts that are copied are rewritten in the same way. */
  readonly moves: readonly Move[];
  /** Services that get a Docker API of the arm's own, each with the path of its socket. */
  readonly apiSockets: Readonly<Record<string, string>>;
}

/** Something that is copied after the containers were created and before they start. */
export interface Copy {
  /**
   * A folder, a file or an external volume goes into a volume of the arm. `into`: a file goes into the containers of a
   * service, if the engine cannot mount it from a volume.
   */
  readonly kind: 'file' | 'folder' | 'volume' | 'into';
  /** Host path, or the name of an existing volume. */
  readonly source: string;
  readonly service: string;
  /** The volume's key in the model, or the path in the containers. */
  readonly target: string;
  /** Folders within it that are mounted separately. They must exist even if the host does not have them. */
  readonly within?: readonly string[];
}
