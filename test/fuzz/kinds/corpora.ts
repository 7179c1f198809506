import { gzipSync } from 'node:zlib';
import type { FormatName } from '../../../src/corpus/index.js';
import { SAMPLES } from '../../corpus/samples.js';
import { damagedText } from '../damage/text.js';
import type { FuzzKind } from '../input.js';
import type { Random } from '../random.js';

const FORMATS = Object.keys(SAMPLES) as FormatName[];

/** Files of other tools with requests in them; some of them packed. */
export function corpora(): FuzzKind {
  return {
    name: 'corpora',
    make: (random) => {
      const format = random.pick(FORMATS);
      const names = Object.keys(SAMPLES[format]);
      const name = random.pick(names);
      const { text, way } = damagedText(SAMPLES[format][name]!, random);
      const packed = random.oneIn(5);
      const file = packed ? `${name}.gz` : name;
      return {
        files: new Map<string, string | Uint8Array>([
          ...Object.entries(SAMPLES[format]),
          [file, packed ? packedText(text, random) : text],
        ]),
        run: { as: 'command', argv: ['import', format, file, '-o', 'out.ndjson'] },
        mayPass: true,
        way: `${format}: ${packed ? 'packed' : way}`,
      };
    },
  };
}

/** Packed; every second time with a byte of the packed file changed. */
function packedText(text: string, random: Random): Uint8Array {
  const bytes = gzipSync(text);
  if (random.oneIn(2)) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
