import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { slopegate } from './in-process.js';
import { buildProgram } from './program.js';
import { recordedRun, temporaryFolder } from './runs.js';

const program = buildProgram();

/** A program over the real process context; `body` has `context`, `close`, `fault` and `main` at hand. */
function fixture(folder: string, body: string): string {
  const dist = join(dirname(dirname(program.path)), 'dist');
  const file = join(folder, 'fixture.mjs');
  const open = `
    import { writeFileSync } from 'node:fs';
    import { processContext } from ${JSON.stringify(join(dist, 'cli/context.js'))};
    const { context, close, fault } = processContext();
    const said = (text) => writeFileSync(${JSON.stringify(join(folder, 'said'))}, text);
  `;
  writeFileSync(file, `${open}\n${body}`);
  return file;
}

interface End {
  readonly exit: number | null;
  readonly err: string;
}

async function ended(
  command: string,
  args: readonly string[],
  onStart: (pid: number) => void = () => {},
): Promise<End> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  let started = false;
  child.stdout.on('data', () => {
    if (!started && child.pid !== undefined) onStart(child.pid);
    started = true;
  });
  child.stderr.setEncoding('utf8').on('data', (more: string) => (err += more));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exit) => resolve({ exit, err }));
  });
}

const FOREVER = `setInterval(() => context.out.write('.'), 50);`;
/** What a run does: it holds, and takes down once the signal fires. */
const TAKES_DOWN = `
  const release = context.hold();
  const timer = setInterval(() => { context.out.write('.'); context.err.write('.'); }, 50);
  context.signal.addEventListener('abort', () => setTimeout(async () => {
    clearInterval(timer);
    said('took down');
    release();
    process.exitCode = (await fault()) ?? 130;
    close();
  }, 300));
`;

describe('a signal', () => {
  it('ends the program at once if there is nothing to clean up, and does not mention containers', async () => {
    using folder = temporaryFolder();
    const file = fixture(folder.path, FOREVER);
    const { exit, err } = await ended(process.execPath, [file], (pid) => process.kill(pid, 'SIGTERM'));
    expect(exit).toBe(130);
    expect(err).not.toContain('containers');
  });

  it('lets the work clean up what it made', async () => {
    using folder = temporaryFolder();
    const file = fixture(folder.path, TAKES_DOWN);
    const { exit, err } = await ended(process.execPath, [file], (pid) => process.kill(pid, 'SIGTERM'));
    expect(exit).toBe(130);
    expect(err).toContain('removing the containers');
    expect(readFileSync(join(folder.path, 'said'), 'utf8')).toBe('took down');
  });

  it('a closed terminal also counts as a signal: writing to it fails, and the clean-up still runs', async () => {
    using folder = temporaryFolder();
    const file = fixture(folder.path, `${TAKES_DOWN}\nsaid('started');`);
    // `script` holds the terminal; when it is killed, the terminal is gone.
    const child = spawn('script', ['-qfc', `exec '${process.execPath}' '${file}'`, '/dev/null'], { stdio: 'pipe' });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await expect.poll(() => readFileSync(join(folder.path, 'said'), 'utf8'), { timeout: 20_000 }).toBe('took down');
  });
});

describe('exit code 1 means FAIL and nothing else', () => {
  it.each([
    ['an unexpected error', `setTimeout(() => { throw new Error('boom'); }, 10); ${FOREVER}`],
    ['a rejection that nobody handled', `Promise.reject(new Error('boom')); ${FOREVER}`],
  ])('%s ends with 5', async (_, body) => {
    using folder = temporaryFolder();
    const { exit, err } = await ended(process.execPath, [fixture(folder.path, body)]);
    expect(exit).toBe(5);
    expect(err).toContain('INTERNAL');
  });

  it('after such an error the run first cleans up what it made', async () => {
    using folder = temporaryFolder();
    const file = fixture(folder.path, `${TAKES_DOWN}\nsetTimeout(() => { throw new Error('boom'); }, 100);`);
    const { exit } = await ended(process.execPath, [file]);
    expect(exit).toBe(5);
    expect(readFileSync(join(folder.path, 'said'), 'utf8')).toBe('took down');
  });

  it('output that the disk does not accept ends with exit code 5', async () => {
    using run = recordedRun();
    const { exit, err } = await ended('sh', [
      '-c',
      `'${process.execPath}' '${program.path}' analyze '${run.path}' > /dev/full`,
    ]);
    expect(exit).toBe(5);
    expect(err).toContain('DISK');
  });

  it('a program that cannot be loaded because descriptors are used up ends with exit code 5', async () => {
    const { exit, err } = await ended('sh', [
      '-c',
      `ulimit -n 24; exec '${process.execPath}' '${program.path}' --version`,
    ]);
    expect(exit).toBe(5);
    expect(err).toContain('could not be started');
  });
});

describe('a verdict without its reports', () => {
  it('is printed with its exit code, and the missing report is reported', async () => {
    using run = recordedRun();
    // Nothing can be renamed onto a folder.
    mkdirSync(join(run.path, 'report.html'));
    const { exit, out, err } = await slopegate(['analyze', run.path]);
    expect(exit).toBe(1);
    expect(out).toContain('FAIL');
    expect(err).toMatch(/warning Not every report could be written: .*report\.html.*The verdict stands\./);
    expect(err).not.toContain('HTML report:');
    expect(JSON.parse(readFileSync(join(run.path, 'result.json'), 'utf8'))).toMatchObject({
      verdict: { outcome: 'fail' },
    });
  });

  it('has its reports in another folder with --out', async () => {
    using run = recordedRun();
    using elsewhere = temporaryFolder();
    const { exit } = await slopegate(['analyze', run.path, '--out', elsewhere.path]);
    expect(exit).toBe(1);
    expect(readFileSync(join(elsewhere.path, 'report.html'), 'utf8')).toContain('<html');
  });
});
