export { writeProfile } from './profile.js';
export { writeOwn } from './write-own.js';
