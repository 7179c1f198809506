export { loadScenario, parseScenario } from './load.js';
export { PRESETS, PRESET_NAMES, type PresetName } from './presets.js';
export { scenarioJsonSchema } from './schema.js';
