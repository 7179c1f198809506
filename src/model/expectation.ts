/** What the WAF should do with a request of this label. `any`: nothing is expected. */
export type ExpectedDecision = 'passed' | 'blocked' | 'any';
