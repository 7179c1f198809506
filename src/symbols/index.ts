export { createNamer, type SymbolFiles } from './namer.js';
