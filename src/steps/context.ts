import type Docker from 'dockerode';
import type { Address } from '../docker/connect.js';
import type { Inspected } from '../docker/containers.js';
import type { Endpoint } from '../model/index.js';
import type { Vault } from './vault.js';

/** What the bring-up steps of one arm share. */
export interface StepContext {
  readonly docker: Docker;
  readonly vault: Vault;
  /** Values captured so far. */
  readonly captured: Map<string, string>;
  /** `service:port` → cookies it has set. */
  readonly cookies: Map<string, Map<string, string>>;
  readonly signal: AbortSignal;
  /** The arm's containers in their present state; throws if one has ended. */
  readonly containers: () => Promise<readonly Inspected[]>;
  /** The address at which the published port of an endpoint can be reached. */
  readonly addressOf: (endpoint: Endpoint) => Promise<Address>;
  readonly fill: (text: string) => string;
}
