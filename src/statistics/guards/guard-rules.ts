/** Probabilities and thresholds that the gate and its guards work with. */
export interface GateRules {
  /** Accepted growth difference, y units per x unit. */
  readonly margin: number;
  /** One-sided alpha of FAIL and of PASS at this look, the look's share already taken. */
  readonly alphaFail: number;
  readonly alphaPass: number;
  /** One-sided alpha of the guards' own tests. */
  readonly alphaGuard: number;
  /** A second half growing slower than this share of the first is decelerating. */
  readonly rho: number;
  /** No longer pair will confirm a FAIL: it is withheld where memory fell back since the load began. */
  readonly unconfirmed?: boolean;
  /** The traffic changes within the window: growth that stops may have lost its cause, so it does not settle. */
  readonly inPhases?: boolean;
  /** No requests were counted: what stops at the window's end may have lost its load. */
  readonly loadUnknown?: boolean;
}
