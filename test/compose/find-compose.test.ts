import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCompose } from '../../src/compose/find-compose.js';

describe('the command that is Compose', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slopegate-compose-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A folder with a `docker` command and a plugin; each says its own version of Compose. */
  async function installed(
    name: string,
    { docker, plugin, mode = 0o755 }: Record<'docker' | 'plugin', string> & { mode?: number },
  ) {
    const root = join(folder, name);
    await mkdir(join(root, 'cli-plugins'), { recursive: true });
    const file = join(root, 'cli-plugins/docker-compose');
    // As the real ones do, each knows its own command only.
    for (const [path, asked, version] of [
      [join(root, 'docker'), 'compose version --short', docker],
      [file, 'version --short', plugin],
    ] as const) {
      await writeFile(path, `#!/bin/sh\n[ "$*" = "${asked}" ] && echo ${version}\n`);
      await chmod(path, 0o755);
    }
    await chmod(file, mode);
    return { file, env: { PATH: `${root}:/usr/bin:/bin`, DOCKER_CONFIG: root } };
  }

  test('is the file of the plugin, if it has the version that docker shows', async () => {
    const { file, env } = await installed('same', { docker: 'v2.99.1', plugin: '2.99.1' });
    expect(await findCompose(env)).toMatchObject({ command: [file], version: '2.99.1' });
  });

  test.each([
    ['another version', { docker: '2.99.2', plugin: '2.99.1' }],
    ['no right to start it', { docker: '2.99.3', plugin: '2.99.3', mode: 0o644 }],
  ])('is docker compose, if the file of the plugin has %s', async (name, versions) => {
    const { env } = await installed(name, versions);
    expect(await findCompose(env)).toMatchObject({ command: ['docker', 'compose'], version: versions.docker });
  });
});
