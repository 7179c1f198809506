import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildProgram, ROOT } from '../cli/program.js';
import { recordedRun, temporaryFolder } from '../cli/runs.js';

const program = buildProgram();
const run = recordedRun();
const work = temporaryFolder();
afterAll(() => {
  for (const one of [run, work]) one[Symbol.dispose]();
});

const SCENARIO = 'test/fixtures/scenarios/leak.yaml';
const env = { SLOPEGATE_COMMAND: `${process.execPath} ${program.path}` };

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A script of `ci/`, as a job of a CI system starts it. */
function script(command: string, argv: readonly string[], more: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(command, [...argv], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => void (text.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => void (text.err += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exit) => resolve({ exit, ...text }));
  });
}

const bash = (file: string, more: Readonly<Record<string, string>>): Promise<Ended> => script('bash', [file], more);

async function judged(name: string, more: Readonly<Record<string, string>> = {}): Promise<Ended & { folder: string }> {
  const folder = join(work.path, name);
  const given = { SLOPEGATE_RUN: run.path, SLOPEGATE_SCENARIO: SCENARIO, SLOPEGATE_OUT: folder };
  return { folder, ...(await bash('ci/compare.sh', { ...given, ...more })) };
}

/** A run that was judged once, for tests that only read it. */
const recorded = judged('recorded');

describe('a job that judges a recorded run', () => {
  test('keeps the result, the reports and the recording, and breaks the build at its end', async () => {
    const output = join(work.path, 'github-output');
    const { exit, err, folder } = await judged('fails', { SLOPEGATE_ANNOTATE: 'github', GITHUB_OUTPUT: output });
    expect(exit).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))).toMatchObject({
      verdict: { outcome: 'fail' },
    });
    const kept = ['manifest.json', 'journal.ndjson', 'report.html', 'report.md', 'junit.xml', 'result.json'];
    expect(readdirSync(join(folder, 'run')).sort()).toEqual(kept.sort());
    expect(readFileSync(output, 'utf8')).toBe(`exit-code=1\nfolder=${folder}\n`);
    const line =
      readFileSync(SCENARIO, 'utf8')
        .split('\n')
        .findIndex((text) => text.startsWith('  candidate:')) + 1;
    expect(err).toContain(`::error file=${SCENARIO},line=${line},`);
    expect((await bash('ci/finish.sh', { SLOPEGATE_OUT: folder })).exit).toBe(1);
  });

  test('has the report in the summary of the job', async () => {
    const { folder } = await recorded;
    const summary = join(work.path, 'step-summary');
    await bash('ci/summary.sh', { SLOPEGATE_OUT: folder, GITHUB_STEP_SUMMARY: summary });
    const report = readFileSync(join(folder, 'run', 'report.md'), 'utf8');
    expect(readFileSync(summary, 'utf8')).toBe(report);
    expect((await bash('ci/summary.sh', { SLOPEGATE_OUT: folder })).out).toBe(report);
  });
});

describe('a job whose scenario cannot be read', () => {
  test('says so in the summary, and ends with exit code 2', async () => {
    const { exit, folder } = await judged('unreadable', { SLOPEGATE_RUN: '', SLOPEGATE_SCENARIO: 'no/such.yaml' });
    expect(exit).toBe(0);
    const { out } = await bash('ci/summary.sh', { SLOPEGATE_OUT: folder });
    expect(out).toMatch(/^### ⛔ slopegate: no verdict\n\n- \*\*SCENARIO\\?_UNREADABLE\*\*: .*no\/such\.yaml/);
    expect((await bash('ci/finish.sh', { SLOPEGATE_OUT: folder })).exit).toBe(2);
  });

  test('without a scenario and without a run, nothing is started', async () => {
    const { exit, err } = await judged('nothing', { SLOPEGATE_RUN: '', SLOPEGATE_SCENARIO: '' });
    expect(exit).toBe(2);
    expect(err).toContain('Set SLOPEGATE_SCENARIO or SLOPEGATE_RUN.');
  });

  test('a recorded run inside of the output folder is not removed', async () => {
    const folder = join(work.path, 'inside');
    cpSync(run.path, join(folder, 'run'), { recursive: true });
    const { exit, err } = await judged('inside', { SLOPEGATE_RUN: join(folder, 'run') });
    expect(exit).toBe(2);
    expect(err).toContain(`SLOPEGATE_RUN is inside of ${folder}`);
    expect(readdirSync(join(folder, 'run'))).toContain('journal.ndjson');
  });

  test('a recorded run that is not there, or has no recording, is an error of usage', async () => {
    for (const folder of [join(work.path, 'none'), work.path]) {
      const { exit } = await judged('no-run', { SLOPEGATE_RUN: folder });
      expect(exit).toBe(2);
    }
  });

  test('what an earlier job left is not taken for the result of this one', async () => {
    const folder = join(work.path, 'left');
    for (const name of ['run', 'runs/old']) cpSync(run.path, join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'exit-code'), '0\n');
    await judged('left', { SLOPEGATE_RUN: '', SLOPEGATE_SCENARIO: 'no/such.yaml' });
    expect(readdirSync(join(folder, 'run'))).toEqual([]);
    expect((await bash('ci/finish.sh', { SLOPEGATE_OUT: folder })).exit).toBe(2);
  });

  test('exit code 0 without a result does not pass', async () => {
    const { folder } = await judged('helped', { SLOPEGATE_ARGS: '--help' });
    expect(readFileSync(join(folder, 'exit-code'), 'utf8')).toBe('0\n');
    const { exit, err } = await bash('ci/finish.sh', { SLOPEGATE_OUT: folder });
    expect(exit).toBe(5);
    expect(err).toContain('there is no result');
  });

  test('a job in which slopegate did not run does not pass', async () => {
    expect((await bash('ci/finish.sh', { SLOPEGATE_OUT: join(work.path, 'never') })).exit).toBe(5);
  });
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** A stand-in for the API of GitHub or GitLab: 100 comments of other people on the first page, and what is written. */
async function fakeApi() {
  const asked: Asked[] = [];
  const comments: { id: number; body: string }[] = Array.from({ length: 100 }, (_, id) => ({ id, body: 'looks good' }));
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { method = '', url = '', headers } = request;
      const token = headers['authorization'] ?? (headers['private-token'] as string | undefined);
      const body = text === '' ? '' : (JSON.parse(text) as { body: string }).body;
      asked.push({ method, path: url, token, body });
      const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
      if (method === 'POST') comments.push({ id: 4711, body });
      if (method === 'PATCH' || method === 'PUT') comments[100]!.body = body;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(method === 'GET' ? comments.slice(100 * (page - 1), 100 * page) : { html_url: 'there' }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    comments,
    address: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

describe('the comment of a pull request', () => {
  test('is written once on GitHub, then replaced', async () => {
    const { folder } = await recorded;
    await using api = await fakeApi();
    const more = {
      GITHUB_API_URL: api.address,
      GITHUB_REPOSITORY: 'acme/waf',
      GITHUB_TOKEN: 'secret',
      PULL_REQUEST: '7',
      ARTIFACT_URL: 'https://ci/artifact',
      JOB_URL: 'https://ci/job',
    };
    const first = await script(process.execPath, ['ci/github/comment.mjs', folder], more);
    expect(first).toMatchObject({ exit: 0, out: 'wrote the comment there\n' });
    const second = await script(process.execPath, ['ci/github/comment.mjs', folder], more);
    expect(second).toMatchObject({ exit: 0, out: 'replaced the comment there\n' });
    expect(api.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /repos/acme/waf/issues/7/comments',
      'PATCH /repos/acme/waf/issues/comments/4711',
    ]);
    expect(api.asked.every(({ token }) => token === 'Bearer secret')).toBe(true);
    expect(api.comments).toHaveLength(101);
    expect(api.comments[100]!.body).toMatch(/^<!-- slopegate -->\n### ❌ slopegate: FAIL/);
    expect(api.comments[100]!.body).toContain(
      '[All reports and the recording](https://ci/artifact) · [The job](https://ci/job)',
    );
  });

  test('another key has a comment of its own', async () => {
    const { folder } = await recorded;
    await using api = await fakeApi();
    const more = { GITHUB_API_URL: api.address, GITHUB_REPOSITORY: 'a/b', GITHUB_TOKEN: 't', PULL_REQUEST: '1' };
    for (const SLOPEGATE_KEY of ['xml', 'crs -->'])
      await script(process.execPath, ['ci/github/comment.mjs', folder], { ...more, SLOPEGATE_KEY });
    expect(api.comments.slice(100).map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- slopegate xml -->',
      '<!-- slopegate crs---- -->',
    ]);
  });

  test('is a note on GitLab, written once, then replaced', async () => {
    const { folder } = await recorded;
    await using api = await fakeApi();
    const more = {
      CI_API_V4_URL: api.address,
      CI_PROJECT_ID: '12',
      CI_MERGE_REQUEST_IID: '3',
      CI_JOB_URL: 'https://ci/job/9',
      SLOPEGATE_GITLAB_TOKEN: 'secret',
    };
    for (const said of ['wrote the note\n', 'replaced the note\n'])
      expect(await script(process.execPath, ['ci/gitlab/note.mjs', folder], more)).toMatchObject({
        exit: 0,
        out: said,
      });
    expect(api.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /projects/12/merge_requests/3/notes',
      'PUT /projects/12/merge_requests/3/notes/4711',
    ]);
    expect(api.comments[100]!.body).toContain('https://ci/job/9/artifacts/browse');
  });

  test('outside of a merge request nothing is written', async () => {
    const { exit, out } = await script(process.execPath, ['ci/gitlab/note.mjs', work.path], {});
    expect(exit).toBe(0);
    expect(out).toMatch(/^no note: /);
  });
});
