import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adaptGateway, guessProfile, writeProfile } from '../../src/cli/init-profile.js';
import { loadScenario, parseScenario } from '../../src/scenario/index.js';

const shipped = fileURLToPath(new URL('../../scenarios', import.meta.url));
let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'slopegate-init-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('slopegate init', () => {
  test.each(['safeline', 'modsecurity-crs-docker', 'coraza-caddy', 'bunkerweb', 'gateway'])(
    '%s is written somewhere else and still valid',
    async (profile) => {
      const files = await writeProfile({ shipped, profile, folder: join(folder, 'new') });
      expect(files.length).toBeGreaterThan(0);
      for (const file of files)
        expect((await loadScenario(file)).arms.baseline.compose[0]).toContain(join(folder, 'new'));
      expect(await readFile(join(folder, 'new', 'origin.yml'), 'utf8')).toContain(join(shipped, 'images'));
    },
  );

  test('nothing is overwritten, and a mistyped profile is named', async () => {
    await expect(writeProfile({ shipped, profile: 'gateway', folder })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(writeProfile({ shipped, profile: 'safelin', folder: join(folder, 'x') })).rejects.toMatchObject({
      hint: 'did you mean "safeline"?',
    });
  });

  test('a compose file is known by its images; any other gets the general profile, filled in', async () => {
    expect([guessProfile('image: chaitin/safeline-mgt:5.1.0'), guessProfile('image: nginx')]).toEqual([
      'safeline',
      'gateway',
    ]);
    const text = adaptGateway(await readFile(join(shipped, 'profiles/gateway/upgrade.yaml'), 'utf8'), {
      file: '/srv/my/compose.yml',
      service: 'edge',
      port: 8443,
    });
    expect(parseScenario(text, join(folder, 'upgrade.yaml'))).toMatchObject({
      arms: { candidate: { compose: ['/srv/my/compose.yml'] } },
      stack: { entry: { service: 'edge', port: 8443 }, origin: null, unjudged: [] },
    });
  });
});
