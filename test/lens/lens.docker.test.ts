import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImages } from '../../src/compose/cli.js';
import { findCompose, type Compose } from '../../src/compose/find-compose.js';
import { run } from '../../src/compose/run.js';
import { connectDocker, type DockerConnection } from '../../src/docker/connect.js';
import { ensureLibrary } from '../../src/lens/index.js';

const IMAGE = 'slopegate/lens-exercise:test';
const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'slopegate-lens-'));
let daemon: DockerConnection;
let compose: Compose;
let library: string;

beforeAll(async () => {
  daemon = await connectDocker(process.env);
  compose = await findCompose(daemon.env, signal);
  const onLine = (): void => undefined;
  library = await ensureLibrary({ docker: daemon.docker, compose, folder, labels: {}, signal, onLine });
  const context = fileURLToPath(new URL('fixtures/', import.meta.url));
  await buildImages(
    { compose, signal, onLine },
    { name: 'slopegate-lens-test', services: { exercise: { image: IMAGE, build: { context } } } },
  );
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await daemon[Symbol.asyncDispose]();
});

const PAGES = '/slopegate/pages:mode=1777,size=64m';

async function exercise(
  program: string,
  name: string,
  { pages = PAGES, preload = '/slopegate/lens.so', more = [] as readonly string[] } = {},
): Promise<{ readonly code: number; readonly stdout: string }> {
  return run({
    command: ['docker', 'run', '--rm', '--network', 'none', '--label', 'io.slopegate=1', ...more].concat(
      ['--tmpfs', pages, '-v', `${library}:/slopegate/lens.so:ro`, '-e', `LD_PRELOAD=${preload}`],
      [IMAGE, `/exercise-${program}`, name],
    ),
    env: daemon.env,
    signal,
  });
}

const CASES = [
  'plain',
  'leaking',
  'threads',
  'forks',
  'busy-forks',
  'jailed',
  'signals',
  'loading',
  'executing',
  'many-forks',
] as const;

describe.each(['glibc', 'musl'])('the lens with %s', (libc) => {
  it.each(CASES)('agrees with the account of the program itself: %s', async (name) => {
    expect(await exercise(libc, name)).toMatchObject({ code: 0 });
  });
});

describe('a service goes on without the lens where it cannot count', () => {
  // 2: the program runs and finds no counters.
  it.each([
    ['its folder is not there', { pages: '/elsewhere' }],
    ['its folder is read-only', { pages: '/slopegate/pages:ro' }],
    ['a file may not be that long', { more: ['--ulimit', 'fsize=1000'] }],
    ['its library is not there', { preload: '/nothing.so' }],
  ])('%s', async (_, options) => {
    expect(await exercise('glibc', 'plain', options)).toMatchObject({ code: 2 });
  });

  it('a program that is linked statically', async () => {
    expect(await exercise('static', 'plain')).toMatchObject({ code: 2 });
  });

  it('another allocator is recognised, and nothing of it is counted', async () => {
    const preload = '/slopegate/lens.so:/usr/lib/x86_64-linux-gnu/libjemalloc.so.2';
    expect((await exercise('glibc', 'leaking', { preload })).stdout).toMatch(/ own=[1-9]\d* lens=0$/);
  });
});
