import * as z from 'zod';
import {
  attackLabel,
  type Journey,
  type RequestTemplate,
  type TrafficPhase,
  type TrafficSource,
} from '../model/index.js';
import { nearest } from '../words/nearest.js';
import type { Fault } from './client-rules.js';
import { share } from './units.js';

const SMALLEST_SHARE = 0.01;

const phase = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'a name may have letters, digits, dots, dashes and underscores')
    .meta({ description: 'Its name in reports.' }),
  share: share().pipe(z.number().min(SMALLEST_SHARE, 'a phase has at least 1% of the window')),
  mix: z
    .record(z.string(), z.number().positive())
    .refine((mix) => Object.keys(mix).length > 0, 'expected labels with weights, for example {browse: 8, search: 2}')
    .meta({ description: 'Label → weight during the phase; other labels are not sent in it.' }),
});

/** The mixes of the judged window, one after the other. */
export const phasesSchema = z.array(phase).min(2, 'expected two phases or more; for one mix use traffic.mix');

interface StatedPhases {
  readonly phases?: readonly TrafficPhase[] | undefined;
  readonly mix: readonly Pick<RequestTemplate, 'label'>[];
  readonly journeys: readonly Pick<Journey, 'name'>[];
  readonly sources: readonly TrafficSource[];
}

/** Faults of phases that are not possible as stated, each with its place under `traffic`. */
export function phaseFaults({ phases, mix, journeys, sources }: StatedPhases): readonly Fault[] {
  if (phases === undefined) return [];
  const recorded = sources.findIndex(({ kind }) => kind !== 'library');
  if (recorded !== -1)
    return [
      {
        path: ['sources', recorded],
        message: 'a recorded source has its own mix; remove traffic.phases, or the source',
      },
    ];
  const labels = [
    ...mix.map(({ label }) => label),
    ...journeys.map(({ name }) => name),
    ...sources.flatMap((source) => (source.kind === 'library' ? source.classes.map(attackLabel) : [])),
  ];
  const names = phases.map(({ name }) => name);
  const total = phases.reduce((sum, one) => sum + one.share, 0);
  return [
    ...phases.flatMap((one, i) => [
      ...(names.indexOf(one.name) === i
        ? []
        : [{ path: ['phases', i, 'name'], message: `there is another phase called "${one.name}"` }]),
      ...Object.keys(one.mix)
        .filter((label) => !labels.includes(label))
        .map((label) => ({
          path: ['phases', i, 'mix', label],
          message: `no template has the label "${label}"; ${meant(label, labels)}`,
        })),
    ]),
    ...(Math.abs(total - 1) < 1e-6
      ? []
      : [
          {
            path: ['phases'],
            message: `the shares of the phases sum to ${Number((100 * total).toPrecision(6))}%, not to 100%`,
          },
        ]),
  ];
}

function meant(label: string, labels: readonly string[]): string {
  const near = nearest(label, labels);
  return near === null ? `labels: ${labels.join(', ')}` : `did you mean "${near}"?`;
}
