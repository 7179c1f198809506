import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectDocker } from '../../src/docker/connect.js';
import { LABEL, labelFilter } from '../../src/docker/labels.js';
import { parseOwner } from '../../src/stack/owner.js';
import { ROOT, type Ended, type Program, type Started } from './program.js';

export const SCENARIOS = join(ROOT, 'test/fixtures/scenarios');
const { docker } = await connectDocker(process.env);

/** `slopegate run` under way, in a folder of its own. */
export interface Run extends Started {
  /** Where run directories are made. */
  readonly out: string;
}

export function startRun(program: Program, scenario: string, out: string, ...flags: string[]): Run {
  return { ...program.start(['run', scenario, '--out', out, ...flags]), out };
}

/** The one run directory that the run made; null while there is none. */
export function directoryOf({ out }: Pick<Run, 'out'>): string | null {
  const [name] = existsSync(out) ? readdirSync(out).filter((entry) => entry.startsWith('tiny-')) : [];
  return name === undefined ? null : join(out, name);
}

/** The journal's lines of that kind so far. */
export function journalled<Line>(run: Pick<Run, 'out'>, kind: string): Line[] {
  const directory = directoryOf(run);
  const file = directory === null ? '' : join(directory, 'journal.ndjson');
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as { k: string }).filter(({ k }) => k === kind) as Line[];
}

/** Waits for something to come true while the run is under way. */
export async function until(run: Run, true_: () => boolean): Promise<void> {
  const ended = run.ended.then(({ exit, err }): never => {
    throw new Error(`it ended before that, with ${exit}:\n${err}`);
  });
  ended.catch(() => {});
  while (!true_()) await Promise.race([sleep(100), ended]);
}

/** In the window on both arms: their warm-up has been written down. */
export function inWindow(run: Run): boolean {
  return journalled<{ name: string }>(run, 'phase').filter(({ name }) => name === 'warmup').length === 2;
}

export async function interrupted(run: Run, signal: NodeJS.Signals): Promise<Ended> {
  run.child.kill(signal);
  return run.ended;
}

/** Names of the containers, networks and volumes that this process created and nobody has removed. */
export async function leftBy({ child: { pid } }: Started): Promise<string[]> {
  const filters = JSON.stringify({ label: labelFilter() });
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  const all = [
    ...containers.map(({ Names: [Name = ''], Labels }) => ({ Name, Labels })),
    ...networks,
    ...(volumes ?? []),
  ];
  return all.filter(({ Labels }) => parseOwner(Labels?.[LABEL.owner])?.pid === pid).map(({ Name }) => Name);
}

/** A scenario on a stack of test/stack/fixtures that cannot come up. */
export function hopeless(folder: string, compose: string, ready: object = {}): string {
  const file = join(folder, 'hopeless.yaml');
  const arm = { label: compose, compose: join(ROOT, 'test/stack/fixtures', compose) };
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({
      extends: join(SCENARIOS, 'same.yaml'),
      name: 'tiny-hopeless',
      arms: { baseline: arm, candidate: arm },
      stack: { entry: 'web:80', origin: null, unjudged: [], ready },
    }),
  );
  return file;
}
