/** In what kind of thing two arms differ. */
export type DifferenceKind = 'service' | 'image' | 'environment' | 'files' | 'limits' | 'settings';

/** One thing in which the resolved stacks of the two arms differ. */
export interface ArmDifference {
  readonly kind: DifferenceKind;
  /** The service that differs; null for networks, volumes and the like. */
  readonly service: string | null;
  /** Where in the compose model: `services.waf.environment.TAG`. */
  readonly path: string;
  /** The value in each arm; null if the arm has none. */
  readonly baseline: unknown;
  readonly candidate: unknown;
}
