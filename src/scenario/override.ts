import { ATTACK_CLASSES, attackLabel, SlopegateError } from '../model/index.js';
import { PRESETS, type PresetName } from '../schema/index.js';
import { nearest } from '../words/nearest.js';
import type { YamlSource } from '../yaml/index.js';
import { valueAt } from './value-at.js';

/** Values that a command line gives instead of the file. */
export interface Overrides {
  readonly preset?: PresetName;
  /** In the form of a scenario file: `32 B/request`. */
  readonly margin?: string;
  /** The largest number of replicates. */
  readonly replicates?: number;
  /** Only requests with these labels. */
  readonly only?: readonly string[];
}

type Mapping = Readonly<Record<string, unknown>>;

const MOST_LOOKS = 3;

/** The file's values, replaced by those of the command line. @throws SlopegateError USAGE */
export function withOverrides(source: YamlSource, { preset, margin, replicates, only }: Overrides): YamlSource {
  const { value } = source;
  if (!isMapping(value)) return source;
  let changed: Mapping = value;
  if (preset !== undefined) changed = { ...changed, experiment: withPreset(mapAt(changed, 'experiment'), preset) };
  if (replicates !== undefined) {
    const experiment = mapAt(changed, 'experiment');
    changed = { ...changed, experiment: { ...experiment, looks: looksUpTo(replicates, experiment) } };
  }
  if (margin !== undefined) changed = { ...changed, gate: { ...mapAt(changed, 'gate'), margin } };
  if (only !== undefined) changed = { ...changed, traffic: withLabels(mapAt(changed, 'traffic'), only) };
  return { ...source, value: changed };
}

/** A preset has its own times and looks: those of the file are left out. */
function withPreset(experiment: Mapping, preset: PresetName): Mapping {
  const kept = Object.entries(experiment).filter(([key]) => !['looks', 'warmup', 'window', 'idle'].includes(key));
  return { ...Object.fromEntries(kept), preset };
}

/** The looks before this number of replicates, and one look at it. */
function looksUpTo(replicates: number, { looks, preset }: Mapping): readonly number[] {
  const own = typeof preset === 'string' && Object.hasOwn(PRESETS, preset) ? PRESETS[preset as PresetName] : null;
  const planned: readonly unknown[] = Array.isArray(looks) ? looks : (own ?? PRESETS.standard).looks;
  const before = planned.filter((look): look is number => typeof look === 'number' && look < replicates);
  return [...before.slice(0, MOST_LOOKS - 1), replicates];
}

function withLabels(traffic: Mapping, only: readonly string[]): Mapping {
  const { phases: _, ...rest } = traffic;
  const mix = listAt(traffic, 'mix');
  const journeys = listAt(traffic, 'journeys');
  const sources = listAt(traffic, 'sources');
  const labels = [...[...mix, ...sources].map((one) => valueAt(one, ['label'])), ...journeys.map(nameOf)];
  const attacks = sources.some((one) => valueAt(one, ['library']) !== undefined) ? ATTACK_CLASSES.map(attackLabel) : [];
  const known = [...labels.filter((label) => typeof label === 'string'), ...attacks];
  for (const label of only) {
    if (known.includes(label)) continue;
    const meant = nearest(label, known);
    throw new SlopegateError('USAGE', `--only ${label}: the traffic has no such label`, {
      hint: meant === null ? `labels: ${known.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  const wanted = (one: unknown): boolean => only.includes(String(valueAt(one, ['label'])));
  return {
    ...rest,
    mix: mix.filter(wanted),
    ...(journeys.length > 0 ? { journeys: journeys.filter((one) => only.includes(String(nameOf(one)))) } : {}),
    sources: sources.flatMap((one) => {
      if (valueAt(one, ['library']) === undefined) return wanted(one) ? [one] : [];
      const classes = ATTACK_CLASSES.filter((name) => only.includes(attackLabel(name)));
      return classes.length === 0 ? [] : [{ ...(one as Mapping), classes }];
    }),
  };
}

const nameOf = (journey: unknown): unknown => valueAt(journey, ['name']);

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapAt(value: Mapping, key: string): Mapping {
  const found = value[key];
  return isMapping(found) ? found : {};
}

function listAt(value: Mapping, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}
