/** What the WAF should do with a request of this label; `any` states nothing. */
export type ExpectedDecision = 'passed' | 'blocked' | 'any';
