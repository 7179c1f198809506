import type { EngineChoice, FieldGenerator, Journey, Protocol, RequestTemplate } from '../model/index.js';
import { nearest } from '../words/nearest.js';
import type { Fault } from './client-rules.js';

interface StatedJourneys {
  readonly fields: Readonly<Record<string, FieldGenerator>>;
  readonly mix: readonly Pick<RequestTemplate, 'label'>[];
  readonly journeys: readonly Journey[];
  readonly engine: EngineChoice;
  readonly protocol?: Protocol | undefined;
}

/** Faults of journeys that are not possible as stated, each with its place under `traffic`. */
export function journeyFaults({ fields, mix, journeys, engine, protocol }: StatedJourneys): readonly Fault[] {
  const names = [...mix.map(({ label }) => label), ...journeys.map(({ name }) => name)];
  return journeys.flatMap((journey, i) => {
    const at = (...path: readonly PropertyKey[]) => ['journeys', i, ...path];
    const captures = journey.steps.some(({ capture }) => Object.keys(capture).length > 0);
    return [
      ...(names.indexOf(journey.name) < mix.length + i
        ? [{ path: at('name'), message: `there is another label or journey called "${journey.name}"` }]
        : []),
      ...journey.vary.flatMap((field, place) =>
        Object.hasOwn(fields, field)
          ? []
          : [
              {
                path: at('vary', place),
                message: `traffic.fields has no "${field}"${meant(field, Object.keys(fields))}`,
              },
            ],
      ),
      ...labelFaults(journey).map(({ path, message }) => ({ path: at(...path), message })),
      ...nameFaults(journey, fields).map(({ path, message }) => ({ path: at(...path), message })),
      ...(captures && (engine === 'autocannon' || engine === 'h2' || protocol?.kind === 'http2')
        ? [
            {
              path: at('steps'),
              message: 'only the engine wire, with HTTP/1, takes values from answers; leave capture out, or the engine',
            },
          ]
        : []),
    ];
  });
}

function labelFaults({ steps }: Journey): readonly Fault[] {
  const labels = steps.map(({ label }) => label);
  return steps.flatMap(({ label }, j) =>
    labels.indexOf(label) === j
      ? []
      : [{ path: ['steps', j, 'label'], message: `there is another step called "${label}" in this journey` }],
  );
}

/** A name belongs to a field or to a captured value. A later answer may give another value with the same name. */
function nameFaults({ steps }: Journey, fields: StatedJourneys['fields']): readonly Fault[] {
  return steps.flatMap(({ capture }, j) =>
    Object.keys(capture).flatMap((name) =>
      Object.hasOwn(fields, name)
        ? [{ path: ['steps', j, 'capture', name], message: `traffic.fields has a "${name}" too; choose another name` }]
        : [],
    ),
  );
}

function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : `; did you mean "${near}"?`;
}
