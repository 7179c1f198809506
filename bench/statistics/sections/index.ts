import type { Scale, Section } from '../harness/cell.js';
import { attribution } from './attribution.js';
import { blocks } from './blocks.js';
import { calibration } from './calibration.js';
import { confirmations } from './confirmations.js';
import { coverage } from './coverage.js';
import { falseAlarms } from './false-alarms.js';
import { floors } from './floors.js';
import { hidden } from './hidden.js';
import { instant } from './instant.js';
import { levers } from './levers.js';
import { margin } from './margin.js';
import { peers } from './peers.js';
import { power } from './power.js';
import { prior } from './prior.js';
import { readings } from './readings.js';
import { repeats } from './repeats.js';
import { sawtooth } from './sawtooth.js';
import { shapes } from './shapes.js';
import { slowing } from './slowing.js';
import { stacks } from './stacks.js';

/**
 * Every part of the bench, in the order printed. Both the main thread and the workers build it, from the same scale.
 */
export function allSections(scale: Scale): Section[] {
  return [
    calibration(scale),
    falseAlarms(scale),
    instant(scale),
    coverage(scale),
    margin(scale),
    power(scale),
    shapes(scale),
    hidden(scale),
    slowing(scale),
    readings(scale),
    stacks(scale),
    peers(scale),
    levers(scale),
    floors(scale),
    confirmations(scale),
    sawtooth(scale),
    prior(scale),
    repeats(scale),
    attribution(scale),
    blocks(scale),
  ];
}
