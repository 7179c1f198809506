/**
 * The parts of `docker compose config --format json` that slopegate reads or changes. Everything else is passed on
 * unchanged.
 */
export interface ComposeModel {
  readonly name?: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, ComposeResource | null>>;
  readonly volumes?: Readonly<Record<string, ComposeResource | null>>;
  readonly [key: string]: unknown;
}

export interface ComposeService {
  readonly image?: string;
  readonly build?: ComposeBuild;
  readonly container_name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly ComposePort[];
  readonly networks?: Readonly<Record<string, ComposeAttachment | null>>;
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, ComposeDependency>>;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly restart?: string;
  readonly deploy?: ComposeDeploy;
  readonly volumes?: readonly ComposeMount[];
  readonly [key: string]: unknown;
}

export interface ComposeAttachment {
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly aliases?: readonly string[];
  readonly [key: string]: unknown;
}

export type ComposeBuild = Readonly<Record<string, unknown>>;

export interface ComposePort {
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol?: string;
}

interface ComposeDependency {
  readonly condition: string;
  readonly [key: string]: unknown;
}

export interface ComposeDeploy {
  readonly restart_policy?: unknown;
  readonly resources?: {
    readonly limits?: Readonly<Record<string, unknown>>;
    readonly reservations?: Readonly<Record<string, unknown>>;
  };
  readonly [key: string]: unknown;
}

export interface ComposeMount {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly [key: string]: unknown;
}

/** A network or a volume. */
export interface ComposeResource {
  readonly name?: string;
  readonly external?: boolean;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}
