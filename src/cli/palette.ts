import pc from 'picocolors';
import type { Output } from '../model/index.js';

/** The colours of an output; no colours if it does not support them. */
export function palette(output: Output) {
  return pc.createColors(output.colour);
}
