import pc from 'picocolors';
import type { Output } from '../model/index.js';

/** The colours of an output, or none if it takes none. */
export function palette(output: Output) {
  return pc.createColors(output.colour);
}
