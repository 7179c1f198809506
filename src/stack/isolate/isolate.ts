import type { ComposeModel, ComposeService } from '../compose/model.js';
import { ownNetworks, ownVolumes } from './resources.js';
import { SERVICE_RULES } from './serviceRules.js';

/** What an arm gets in place of what its compose file says. */
export interface IsolateOptions {
  /** Compose project, a name of the arm's own. */
  readonly project: string;
  /** On every container, network and volume. */
  readonly labels: Readonly<Record<string, string>>;
  /** Container ports that the harness must reach; each gets a free port on 127.0.0.1, and nothing else is published. */
  readonly publish: readonly { readonly service: string; readonly port: number }[];
  /** Limits of every container; null leaves the compose file's own. */
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null };
  /** Service → image id or name that is started, whatever the compose file says. */
  readonly images: Readonly<Record<string, string>>;
}

/** One thing that was changed, in words. */
export interface Change {
  /** Where in the model: `services.waf.ports`. */
  readonly path: string;
  readonly what: string;
}

/** A part of the model after a rule, and what the rule changed that its author may care about. */
export interface Changed<Part> {
  readonly part: Part;
  readonly changes: readonly Change[];
}

/** Rewrites a resolved compose model so that nothing of it clashes with another copy, with the host or with the measurement. Pure. */
export function isolate(model: ComposeModel, options: IsolateOptions): { readonly model: ComposeModel; readonly changes: readonly Change[] } {
  const changes: Change[] = [];
  const services = Object.entries(model.services).map(([name, service]) => [name, applyRules(name, service, options, changes)] as const);
  const networks = ownNetworks(model.networks ?? {}, options);
  const volumes = ownVolumes(model.volumes ?? {}, options);
  changes.push(...networks.changes, ...volumes.changes);
  return {
    model: { ...model, name: options.project, services: Object.fromEntries(services), networks: networks.part, volumes: volumes.part },
    changes,
  };
}

function applyRules(name: string, service: ComposeService, options: IsolateOptions, changes: Change[]): ComposeService {
  return SERVICE_RULES.reduce((current, rule) => {
    const { part, changes: made } = rule(current, name, options);
    changes.push(...made.map(({ path, what }) => ({ path: `services.${name}.${path}`, what })));
    return part;
  }, service);
}
