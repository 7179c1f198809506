export { createAutocannonReplayer, type AutocannonOptions } from './autocannon/engine.js';
export { assertAllowedTarget } from './target.js';
