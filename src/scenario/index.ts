export type { Inspected } from './inspect.js';
export { inspectScenario, inspectText, inspectWithFiles, loadOverridden, loadScenario, parseScenario } from './load.js';
export type { Overrides } from './override.js';
export { portableScenario, shownScenario } from './portable.js';
