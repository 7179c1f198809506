/** Where the library of the lens lies in a container. */
export const LENS_LIBRARY = '/slopegate/lens.so';
/** Where the hook for Node.js lies in a container. */
export const NODE_HOOK = '/slopegate/node-hook.cjs';
/** The folder in a container with a file of counters for each program; the same as PAGES in preload/preload.c. */
export const LENS_PAGES = '/slopegate/pages';
