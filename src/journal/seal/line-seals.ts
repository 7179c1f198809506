import type { RecordingFault } from '../../model/index.js';
import type { Line } from '../each-line.js';
import { unseal } from './seal.js';

/** Checks a sealed journal line by line. */
export interface LineSeals {
  /** Where the text of this line ends, without its closing brace; null if the line cannot be trusted. */
  check(line: Line): number | null;
}

/** @param report receives what is wrong, once per line; an incomplete line at the end of the file is not reported */
export function lineSeals(report: (fault: RecordingFault) => void): LineSeals {
  let seed = 0;
  let expected = 0;
  return {
    check: ({ bytes, from, to, number, ended }) => {
      const seal = unseal(bytes, from, to, expected === 0 ? 0 : seed);
      if (seal === null) {
        if (ended) report({ code: 'line-damaged', line: number });
        expected += 1;
        return null;
      }
      if (seal.place < expected) {
        report({ code: 'line-out-of-place', line: number });
        return null;
      }
      if (seal.place > expected) report({ code: 'lines-missing', line: number, missing: seal.place - expected });
      if (expected === 0) seed = seal.checksum;
      expected = seal.place + 1;
      return seal.end;
    },
  };
}
