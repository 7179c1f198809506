import type { NoFacts, Stated } from './stated.js';

/** What the isolation changes in a compose model, or what stays and its author may want to know. */
export interface ChangeFacts {
  /** Services and their names. */
  readonly 'service-omitted': NoFacts;
  readonly 'link-removed': { readonly service: string };
  readonly 'name-removed': { readonly name: string };
  /** The other services still find it by that name. */
  readonly 'name-kept-in-network': { readonly name: string };
  readonly 'found-as-in-production': { readonly names: readonly string[] };
  readonly 'labels-removed': NoFacts;

  /** Networks and addresses. */
  readonly 'moved-with-subnet': NoFacts;
  readonly 'subnet-moved': { readonly from: string; readonly to: string };
  /** `replacement` is null if Docker chooses one. */
  readonly 'subnet-removed': { readonly subnet: string; readonly replacement: string | null };
  readonly 'address-moved': { readonly address: string; readonly to: string };
  readonly 'address-removed': { readonly address: string };
  readonly 'default-bridge-replaced': NoFacts;
  readonly 'driver-replaced': { readonly driver: string };
  readonly 'driver-option-removed': { readonly option: string };
  readonly 'bridge-name-removed': { readonly name: string };
  readonly 'default-network-added': NoFacts;
  readonly 'external-network-replaced': { readonly name: string };
  readonly 'port-moved': { readonly port: string; readonly address: string };
  readonly 'port-not-published': { readonly port: string };

  /** The host of the arm, and texts that name the host. */
  readonly 'host-network-replaced': NoFacts;
  readonly 'host-port-leads': {
    readonly port: number;
    readonly protocol: 'tcp' | 'udp';
    readonly service: string;
    readonly target: number;
  };
  readonly 'names-host-address': { readonly address: string };
  readonly 'names-unpublished-port': { readonly port: number; readonly name: string };
  readonly 'names-lost-address': { readonly address: string };

  /** How a container starts and what it may use. */
  readonly 'restarts-while-starting': NoFacts;
  readonly 'health-while-starting': NoFacts;
  readonly 'health-off': NoFacts;
  readonly 'waits-for-start': NoFacts;
  readonly 'limit-replaced': NoFacts;
  readonly 'log-kept-here': { readonly driver: string };
  readonly 'annotations-removed': NoFacts;
  readonly 'cgroup-parent-removed': NoFacts;
  readonly 'cpuset-removed': NoFacts;
  readonly 'oom-kill-allowed': NoFacts;
  readonly 'oom-priority-removed': NoFacts;
  readonly 'shared-memory-own': NoFacts;
  readonly 'shared-memory-of': { readonly service: string };
  /** `others` are the libraries that the service preloads by itself; empty if there are none. */
  readonly 'lens-preloaded': { readonly library: string; readonly others: string };
  /** `others` are the options that the service gives Node.js by itself. */
  readonly 'node-hook-preloaded': { readonly hook: string; readonly others: string };

  /** What reaches out of the arm, or could. */
  readonly 'build-repeats-address': NoFacts;
  readonly 'build-on-host-network': NoFacts;
  readonly 'build-uses-keys': NoFacts;
  readonly 'could-undo-outbound-rules': { readonly right: string };
  readonly 'ipv6-open-at-start': NoFacts;

  /** Mounts and volumes. */
  readonly 'mount-omitted': { readonly target: string };
  readonly 'mount-made-by-docker': { readonly source: string; readonly target: string };
  readonly 'daemon-replaced': { readonly source: string; readonly service: string };
  readonly 'shared-with-host': { readonly source: string };
  readonly 'shared-read-only': { readonly source: string };
  readonly 'shared-shows-host': { readonly source: string; readonly path: string };
  readonly 'shared-logs-of-host': { readonly source: string };
  readonly 'begins-empty': { readonly source: string; readonly elsewhere: boolean };
  /** `bytes` is null if they are not known; `copyOf` is the larger folder that is copied, null if it is this one. */
  readonly copied: {
    readonly source: string;
    readonly bytes: number | null;
    readonly copyOf: string | null;
    readonly readOnly: boolean;
  };
  readonly 'copy-large': { readonly source: string; readonly bytes: number };
  readonly 'copy-size-unknown': { readonly source: string };
  readonly 'copy-of-database': { readonly source: string; readonly database: string };
  readonly 'volume-folder-missing': { readonly folder: string };
  readonly 'volume-folder-shared': { readonly folder: string };
  readonly 'external-volume-copied': { readonly name: string };
}

/** One change, or one thing that stays and that the author must know. */
export type Change = Stated<ChangeFacts> & {
  /** The place in the model: `services.waf.ports`. */
  readonly path: string;
  /** Whether the author must know it, because the arm may not behave like production. */
  readonly mustKnow?: true;
};

/** A part of a compose model after a rule, and the changes that its author may want to know. */
export interface Changed<Part> {
  readonly part: Part;
  readonly changes: readonly Change[];
}

/** What could not be found out about an arm that is only shown, or about the difference between two. */
export interface UnknownFacts {
  readonly 'daemon-silent': NoFacts;
  readonly 'images-absent': { readonly services: readonly string[] };
  /** The compose files take in other files, which were not read without Docker. */
  readonly 'files-not-read': NoFacts;
  /** Without Docker, images are compared by their names. */
  readonly 'images-by-name': NoFacts;
}
