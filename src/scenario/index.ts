export { inspectScenario, inspectText, inspectWithStack, loadScenario, parseScenario } from './load.js';
export { portableScenario } from './portable.js';
export { PRESETS, PRESET_NAMES, type PresetName } from './presets.js';
export { scenarioJsonSchema } from './schema.js';
