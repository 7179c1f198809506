export { inspectScenario, inspectText, inspectWithStack, loadOverridden, loadScenario, parseScenario } from './load.js';
export type { Inspected } from './inspect.js';
export type { Overrides } from './override.js';
export { portableScenario, shownScenario } from './portable.js';
export { PRESET_NAMES, type PresetName } from './presets.js';
export { scenarioJsonSchema } from './schema.js';
