export { createAutocannonReplayer, type AutocannonOptions } from './autocannon/engine.js';
export { createReplayer, engineFor, type ReplayerOptions } from './choose.js';
export { assertAllowedTarget } from './target.js';
export type { TlsSettings } from './wire/connector.js';
export { createWireReplayer, type WireOptions } from './wire/engine.js';
