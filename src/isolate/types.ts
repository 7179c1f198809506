import type { ComposeModel } from '../compose/model.js';
import type { Allowance, OutboundSetting } from '../model/index.js';
import type { Move } from '../subnets/index.js';
import type { HostPath } from './paths/host-path.js';

/** What an arm gets in place of what its compose file says. */
export interface IsolateOptions {
  /** Compose project, a name of the arm's own. */
  readonly project: string;
  /** On every container, network and volume. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Container ports that the harness must reach; each gets a free port of `publishedOn`, and nothing else is published.
   */
  readonly publish: readonly { readonly service: string; readonly port: number }[];
  /** Address of the daemon's host: 127.0.0.1, unless the harness can't reach that. */
  readonly publishedOn: string;
  /** Whether the daemon's host is another machine, whose files are not those at `hostPaths`. */
  readonly elsewhere: boolean;
  /** Limits of every container; null leaves the compose file's own. */
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null };
  /** Service → image id or name that is started, whatever the compose file says. */
  readonly images: Readonly<Record<string, string>>;
  /** Image of the container that is the arm's own host, where it needs one. */
  readonly hostImage: string;
  /** Services of the compose file that this arm does without. */
  readonly omit: readonly string[];
  /** Subnets of the daemon's networks and of the host's routes. */
  readonly subnetsInUse: readonly string[];
  /** What stands at the host paths that are mounted. */
  readonly hostPaths: Readonly<Record<string, HostPath>>;
  readonly allow: readonly Allowance[];
  /** What the arm may reach outside of itself. */
  readonly outbound: OutboundSetting;
  /**
   * Folder of the sockets that are given to services in place of the daemon's; null where the daemon is not reached by
   * a socket of this machine.
   */
  readonly apiFolder: string | null;
  /** Services whose health a step waits for. */
  readonly awaited: readonly string[];
  /** Mounts that this arm does without: `waf:/var/run`. */
  readonly without: readonly string[];
  /** Names of the daemon's volumes; null where they are not known. */
  readonly volumesHere: readonly string[] | null;
  /** Whether the engine can mount a file or a folder of a volume (API 1.45). */
  readonly subpaths: boolean;
  /** Whether the engine can check health while a container starts and then leave it alone (API 1.44). */
  readonly startupChecks: boolean;
  /** What counts the live heap of the services; null where nothing does. */
  readonly lens: Lens | null;
}

/** A library that is preloaded into the services. */
export interface Lens {
  /** Its path on this machine. */
  readonly library: string;
  /** Service → what its image preloads by itself. Services that are not here get no lens. */
  readonly preloaded: Readonly<Record<string, string>>;
}

/** One thing that was changed, or that stays and must be known, in words. */
export interface Change {
  /** Where in the model: `services.waf.ports`. */
  readonly path: string;
  readonly what: string;
  /** Whether the author must know of it: the arm may then not do what production does. */
  readonly mustKnow?: true;
  /** What the author can do about it. */
  readonly fix?: string;
}

/** A part of the model after a rule, and what the rule changed that its author may care about. */
export interface Changed<Part> {
  readonly part: Part;
  readonly changes: readonly Change[];
}

export interface Isolated {
  readonly model: ComposeModel;
  readonly changes: readonly Change[];
  /** What keeps this model from being started. */
  readonly refusals: readonly Refusal[];
  /** What is put into the arm's own volumes and containers before they start. */
  readonly copies: readonly Copy[];
  /** Where the subnets went; texts that are copied are rewritten by them. */
  readonly moves: readonly Move[];
  /** Services that get a Docker API of the arm's own, and the path of the socket of each. */
  readonly apiSockets: Readonly<Record<string, string>>;
}

/** Something to be put in place after the containers were created and before they start. */
export interface Copy {
  /**
   * A folder, a file or somebody else's volume goes into a volume of the arm's; `into`: a file goes into the containers
   * of a service, where the engine can't mount it from a volume.
   */
  readonly kind: 'file' | 'folder' | 'volume' | 'into';
  /** Host path, or the name of an existing volume. */
  readonly source: string;
  readonly service: string;
  /** The volume's key in the model, or the path in the containers. */
  readonly target: string;
  /** Folders within it that are mounted by themselves, and must be there even if the host has none. */
  readonly within?: readonly string[];
}

/** Why a model is not started. */
export interface Refusal {
  readonly path: string;
  readonly what: string;
  /** What `stack.allow` would have to name; null where nothing helps. */
  readonly allow: Allowance | null;
  /** The service that could be left out with `omit`; absent where the refusal is about no service. */
  readonly service?: string;
  /** The mount that could be left out with `without`: `waf:/var/run`. */
  readonly mount?: string;
}
