export type { BundleContents } from './contents.js';
export { differences, type Difference } from './differences.js';
export { packBundle } from './pack.js';
export { checkSignature, type CheckedSignature } from './signature.js';
export { unpackBundle } from './unpack.js';
