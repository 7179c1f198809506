import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CALIBRATION_SCHEMA, type Calibration, type Context } from '../model/index.js';
import { atomicWrite } from '../journal/index.js';

/** Where slopegate keeps what it learnt about this host: $SLOPEGATE_HOME, otherwise as the XDG base directories say. */
export function stateFolder({ env, home }: Pick<Context, 'env' | 'home'>): string {
  const own = env['SLOPEGATE_HOME'];
  if (own !== undefined && own !== '') return own;
  const state = env['XDG_STATE_HOME'];
  return join(state !== undefined && state !== '' ? state : join(home, '.local', 'state'), 'slopegate');
}

function pathOf(folder: string, key: string): string {
  return join(folder, 'calibrations', `${key}.json`);
}

/** @throws SlopegateError DISK */
export function saveCalibration(folder: string, calibration: Calibration): string {
  const path = pathOf(folder, calibration.key);
  atomicWrite(path, `${JSON.stringify(calibration, null, 2)}\n`);
  return path;
}

/**
 * The calibration with this key; null if there is none that this version can read. A run goes on without it and says
 * so.
 */
export async function findCalibration(folder: string, key: string): Promise<Calibration | null> {
  try {
    const document = JSON.parse(await readFile(pathOf(folder, key), 'utf8')) as Partial<Calibration> | null;
    const whole =
      document?.schema === CALIBRATION_SCHEMA &&
      document.key === key &&
      typeof document.scatter === 'object' &&
      typeof document.images === 'object' &&
      typeof document.replicates === 'number';
    return whole ? (document as Calibration) : null;
  } catch {
    return null;
  }
}
