import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly 'continue-on-error'?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string }>>;
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly before_script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: { readonly junit: string } };
}

/** Paths of `ci/` in a text. */
const scriptsIn = (text: string): string[] => [...text.matchAll(/\bci\/[\w./-]+\.(?:sh|mjs)/g)].map(([path]) => path);

describe('action.yml', () => {
  const text = readFileSync('action.yml', 'utf8');
  const action = parse(text, { strict: true }) as Action;

  test('is a composite action whose steps have what GitHub asks for', () => {
    expect(action.runs.using).toBe('composite');
    for (const { uses, run, shell } of action.runs.steps)
      expect([uses === undefined, shell]).toEqual(run === undefined ? [false, undefined] : [true, 'bash']);
  });

  test('uses the inputs that it declares, all of them, and outputs of its own steps', () => {
    const used = new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name ?? ''));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
    const ids = new Set(action.runs.steps.map(({ id }) => id));
    for (const [, id] of text.matchAll(/steps\.([\w-]+)\.outputs/g)) expect(ids).toContain(id);
  });

  test('names only scripts that exist, and the last step ends the job', () => {
    const scripts = scriptsIn(text);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((path) => !existsSync(path))).toEqual([]);
    expect(action.runs.steps.at(-1)?.run).toContain('ci/finish.sh');
  });

  test('goes on to the verdict if the comment cannot be written, as for pull requests from forks', () => {
    const [comment, ...others] = action.runs.steps.filter((step) => step['continue-on-error'] === true);
    expect(comment?.run).toContain('comment.mjs');
    expect(others).toEqual([]);
  });

  test('puts no foreign text into a shell: expressions are only in env, with and if', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });
});

describe('the template for GitLab', () => {
  const text = readFileSync('ci/gitlab/slopegate.gitlab-ci.yml', 'utf8');
  const job = (parse(text, { strict: true }) as Readonly<Record<string, Job>>)['.slopegate']!;

  test('is one hidden job that keeps its artifacts always', () => {
    expect(Object.keys(parse(text) as object)).toEqual(['.slopegate']);
    expect(job.artifacts).toMatchObject({ when: 'always', reports: { junit: '$SLOPEGATE_OUT/run/junit.xml' } });
    expect(job.script.at(-1)).toContain('ci/finish.sh');
  });

  test('goes on to the verdict if the note cannot be written', () => {
    expect(job.script.find((line) => line.includes('note.mjs'))).toMatch(/ \|\| echo "[^"]+"$/);
  });

  test('names only scripts that exist, and variables that it sets', () => {
    const lines = [...job.before_script, ...job.script];
    const scripts = lines.flatMap(scriptsIn);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((path) => !existsSync(path))).toEqual([]);
    for (const [, name] of lines.join('\n').matchAll(/\$(SLOPEGATE_\w+)/g)) expect(job.variables).toHaveProperty(name!);
  });
});

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
const scripts = readdirSync('ci').filter((name) => name.endsWith('.sh'));

test.skipIf(!hasShellcheck)('shellcheck finds nothing in the scripts', () => {
  const { status, stdout } = spawnSync(
    'shellcheck',
    scripts.map((name) => `ci/${name}`),
    { encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test.each(scripts)('bash reads %s', (name) => {
  expect(spawnSync('bash', ['-n', `ci/${name}`]).status).toBe(0);
});
