export interface RequestSpan {
  readonly requests: number;
  readonly seconds: number;
}
