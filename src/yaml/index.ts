export { parseYaml, withFaults, type YamlSource } from './parse-yaml.js';
export { readText, textOf, type FileText } from './read-text.js';
