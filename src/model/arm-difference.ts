/** In what kind of thing two arms differ. */
export const DIFFERENCE_KINDS = ['service', 'image', 'environment', 'files', 'limits', 'settings'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

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

/** A difference as a recording has it: values are texts, and long ones are cut. */
export interface RecordedDifference extends Pick<ArmDifference, 'kind' | 'service' | 'path'> {
  readonly baseline: string | null;
  readonly candidate: string | null;
}
