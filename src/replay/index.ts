export { createAutocannonReplayer } from './autocannon/engine.js';
export { BURSTS } from '../lanes/pacers/bursts.js';
export { saturate } from './autocannon/saturate.js';
export { createReplayer, engineFor, type ReplayerOptions } from './choose.js';
export { createH2Replayer, type H2Options } from './h2/engine.js';
export { assertAllowedTarget } from './target.js';
export { loadTls, type TlsMaterial } from '../lanes/tls-material.js';
export { createWireReplayer, type WireOptions } from './wire/engine.js';
