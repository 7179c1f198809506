export { acceptancesSchema } from './acceptance.js';
export { PRESET_EXTRAS, PRESET_NAMES, PRESETS, type PresetName } from './presets.js';
export { scenarioJsonSchema, scenarioSchema, type ScenarioFile } from './scenario.js';
export { checkNames, namesOf } from './step-names.js';
export { bytes, duration, rate } from './units.js';
