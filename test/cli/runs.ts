import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './program.js';

/** A recorded run, as `slopegate run test/fixtures/scenarios/leak.yaml` left it; the host's facts were changed. */
const RECORDED = join(ROOT, 'test/fixtures/run/tiny-leak');

/** A folder that is gone when the block ends. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'slopegate-cli-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The recorded run, copied to where reports may be written. */
export function recordedRun(): { readonly path: string } & Disposable {
  const folder = temporaryFolder();
  cpSync(RECORDED, folder.path, { recursive: true });
  return folder;
}
