export { createObserver, observerOver } from './observer.js';
export type { ObserverOptions } from './observer.js';
export type { ContainerClient, ContainerState } from './docker/client.js';
export type { ContainerSignal } from './docker/signals.js';
export { hostFiles } from './kernel-files.js';
export type { KernelFiles } from './kernel-files.js';
export { SIDECAR_IMAGE } from './sidecar/program.js';
export type { Timers } from './ticker.js';
