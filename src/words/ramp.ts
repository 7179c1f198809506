import type { RampStep } from '../model/index.js';
import { say } from './say.js';

/** `ramp: 80 requests/s too fast (candidate: answers took 300 ms)` */
export function rampStepWords({ rate, objections }: RampStep): string {
  const result = objections.length === 0 ? 'sustained' : `too fast (${objectionWords(objections)})`;
  return `ramp: ${rate} requests/s ${result}`;
}

/** Why a rate is too high, for each arm that did not sustain it. */
export function objectionWords(objections: RampStep['objections']): string {
  return objections.map(say).join('; ');
}
