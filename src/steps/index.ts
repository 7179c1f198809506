export type { StepContext } from './context.js';
export { exchange } from './http-client.js';
export { doStep, needsOf, runSteps } from './run-steps.js';
export { createVault, type Vault } from './vault.js';
