/** Probabilities and thresholds that the gate and its guards work with. */
export interface GateRules {
  /** Accepted growth difference, y units per x unit. */
  readonly margin: number;
  /** One-sided alphas of FAIL and of PASS at this look: the look's share is already applied. */
  readonly alphaFail: number;
  readonly alphaPass: number;
  /** One-sided alpha of the guards' own tests. */
  readonly alphaGuard: number;
  /** Growth slows down if the second half grows less than this share of the first. */
  readonly rho: number;
  /** No longer pair will confirm a FAIL, so the FAIL is withheld if memory fell back since the load began. */
  readonly unconfirmed?: boolean;
  /**
   * The traffic changes within the window. Growth that stops may have lost its cause, so it does not count as settled.
   */
  readonly inPhases?: boolean;
  /** No requests were counted. Growth that stops at the window's end may have lost its load. */
  readonly loadUnknown?: boolean;
}
