import type { Scale, Section } from '../harness/cell.js';
import { calibration } from './calibration.js';
import { falseAlarms } from './false-alarms.js';

/** Every part of the bench, in the order printed. Both the main thread and the workers build it, from the same scale. */
export function allSections(scale: Scale): Section[] {
  return [calibration(scale), falseAlarms(scale)];
}
