import {
  SlopegateError,
  type BodyTemplate,
  type FaultKind,
  type JourneyStep,
  type RequestTemplate,
  type TrafficSettings,
} from '../model/index.js';
import { checkedHeaderValue, toByteString } from './bytes.js';
import { createFields } from './draws.js';
import { capturedBefore } from './journeys/compile-journey.js';
import { compileRequest } from './request-builder.js';
import { compileTemplate } from './template.js';

/** A part of the traffic from which no request can be made, with its place under `traffic`. */
export interface TrafficFault {
  readonly kind: Extract<FaultKind, 'template-unusable' | 'captured-later'>;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint: string | null;
}

/** All faults in templates and fields that make requests impossible. Nothing is generated. */
type Checked = Pick<TrafficSettings, 'mix' | 'journeys' | 'fields' | 'seed' | 'host'>;

export function trafficFaults(traffic: Checked): TrafficFault[] {
  const { mix, journeys = [], fields, seed, host } = traffic;
  return [
    ...faultsOf(['host'], () => checkedHeaderValue('Host', toByteString(host), 'host')),
    ...Object.entries(fields).flatMap(([name, generator]) =>
      faultsOf(['fields', name], () => createFields({ [name]: generator }, seed)),
    ),
    ...mix.flatMap((template, index) => templateFaults(template, ['mix', index], traffic)),
    ...journeys.flatMap((journey, index) =>
      journey.steps.flatMap((step, number) =>
        stepFaults(step, ['journeys', index, 'steps', number], traffic, {
          before: capturedBefore(journey, number),
          ever: capturedBefore(journey, journey.steps.length),
        }),
      ),
    ),
  ];
}

/** A value that is used before it is captured has its own message. */
function stepFaults(
  step: JourneyStep,
  path: readonly PropertyKey[],
  traffic: Checked,
  { before, ever }: { readonly before: readonly string[]; readonly ever: readonly string[] },
): TrafficFault[] {
  const template = { ...step, weight: 1 };
  const early = ever.filter((name) => !before.includes(name));
  const asKnown = templateFaults(template, path, traffic, ever);
  if (asKnown.length > 0 || early.length === 0) return asKnown;
  return textsOf(template).flatMap(({ at, text }) => {
    const { fields } = compileTemplate(text, { label: step.label, fields: [...Object.keys(traffic.fields), ...ever] });
    return fields
      .filter((name) => early.includes(name))
      .map((name): TrafficFault => ({
        kind: 'captured-later',
        path: [...path, ...at],
        message: `{${name}} is used before it is captured`,
        hint: 'a step uses what the steps before it have captured; its own answer comes later',
      }));
  });
}

function templateFaults(
  template: RequestTemplate,
  path: readonly PropertyKey[],
  traffic: Checked,
  captured: readonly string[] = [],
): TrafficFault[] {
  const context = { label: template.label, fields: [...Object.keys(traffic.fields), ...captured] };
  const inTexts = textsOf(template).flatMap(({ at, text }) =>
    faultsOf([...path, ...at], () => compileTemplate(text, context)),
  );
  if (inTexts.length > 0) return inTexts;
  const sent = { ...traffic, host: 'host', rate: 1, blockedStatuses: [] };
  return faultsOf(path, () => compileRequest(template, sent, captured));
}

interface PlacedText {
  readonly at: readonly PropertyKey[];
  readonly text: string;
}

/** The texts of a template, with the keys of a scenario file. */
function textsOf({ path, headers, body }: RequestTemplate): PlacedText[] {
  const texts = [
    { at: ['request'], text: path },
    ...Object.entries(headers).map(([name, text]) => ({ at: ['headers', name], text })),
  ];
  return body === null ? texts : [...texts, ...bodyTexts(body)];
}

function bodyTexts(body: BodyTemplate): PlacedText[] {
  switch (body.kind) {
    case 'raw':
      return [{ at: ['raw', 'text'], text: body.text }];
    case 'form':
      return Object.entries(body.fields).map(([name, text]) => ({ at: ['form', name], text }));
    case 'json':
      return jsonTexts(body.value, ['json']);
    case 'file':
      return [];
    case 'multipart':
      break;
  }
  return body.parts.map(({ text }, index) => ({ at: ['multipart', index, 'text'], text }));
}

function jsonTexts(value: unknown, at: readonly PropertyKey[]): PlacedText[] {
  if (typeof value === 'string') return [{ at, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => jsonTexts(one, [...at, index]));
  return Object.entries(value).flatMap(([key, one]) => jsonTexts(one, [...at, key]));
}

function faultsOf(path: readonly PropertyKey[], attempt: () => unknown): TrafficFault[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof SlopegateError)) throw error;
    return [{ kind: 'template-unusable', path, message: error.message, hint: error.hint ?? null }];
  }
}
