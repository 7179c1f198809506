export { dotEnv } from './dot-env.js';
export { refuseLarge } from './refuse-large.js';
export { readStack, type ReadStack } from './read-stack.js';
export type { ComposeFile } from './merge-files.js';
export { interpolate } from './interpolate.js';
export { isRemote } from './is-remote.js';
export { meansImage, repositoryOf } from './image-name.js';
export { profilesOf, startedServices } from './profiles.js';
