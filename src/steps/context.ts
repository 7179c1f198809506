import type Docker from 'dockerode';
import type { Address } from '../docker/connect.js';
import type { Inspected } from '../docker/containers.js';
import type { Endpoint } from '../model/index.js';
import type { Vault } from './vault.js';

/** What the steps of one bring-up share. */
export interface StepContext {
  readonly docker: Docker;
  readonly vault: Vault;
  /** Values captured so far. */
  readonly captured: Map<string, string>;
  /** `service:port` → cookies it has set. */
  readonly cookies: Map<string, Map<string, string>>;
  readonly signal: AbortSignal;
  /** The arm's containers as they are now; throws where one has ended. */
  readonly containers: () => Promise<readonly Inspected[]>;
  /** Where the published port of an endpoint is reached. */
  readonly addressOf: (endpoint: Endpoint) => Promise<Address>;
  readonly fill: (text: string) => string;
}
