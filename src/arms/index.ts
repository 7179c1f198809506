export { apiFolderOf } from './api-folder.js';
export { diffStack } from './differences/diff-stack.js';
export { isolateArm, settingsOf, type ArmSettingsInForce } from './isolate-arm.js';
export type { PreparedArm } from './prepare-arms.js';
export { distinct, prepareSites, type Daemons, type Site } from './prepare-sites.js';
export { showStack, type ShownArm } from './show-stack.js';
export { subnetsInUse } from './survey/subnets-in-use.js';
export { textFilesOf } from './survey/text-files.js';
