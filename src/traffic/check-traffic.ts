import { SlopegateError, type BodyTemplate, type RequestTemplate, type TrafficSettings } from '../model/index.js';
import { checkedHeaderValue, toByteString } from './bytes.js';
import { createField } from './fields.js';
import { compileRequest } from './request-builder.js';
import { compileTemplate } from './template.js';

/** Something in the traffic that no request could be made of, with its place under `traffic`. */
export interface TrafficFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint: string | null;
}

/** Everything in the templates and fields that no request could be made of. Nothing is generated. */
export function trafficFaults(traffic: Pick<TrafficSettings, 'mix' | 'fields' | 'seed' | 'host'>): TrafficFault[] {
  const { mix, fields, seed, host } = traffic;
  return [
    ...faultsOf(['host'], () => checkedHeaderValue('Host', toByteString(host), 'host')),
    ...Object.entries(fields).flatMap(([name, generator]) =>
      faultsOf(['fields', name], () => createField(name, generator, seed)),
    ),
    ...mix.flatMap((template, index) => templateFaults(template, ['mix', index], traffic)),
  ];
}

function templateFaults(
  template: RequestTemplate,
  path: readonly PropertyKey[],
  traffic: Pick<TrafficSettings, 'mix' | 'fields' | 'seed' | 'host'>,
): TrafficFault[] {
  const context = { label: template.label, fields: Object.keys(traffic.fields) };
  const inTexts = textsOf(template).flatMap(({ at, text }) =>
    faultsOf([...path, ...at], () => compileTemplate(text, context)),
  );
  if (inTexts.length > 0) return inTexts;
  return faultsOf(path, () => compileRequest(template, { ...traffic, host: 'host', rate: 1, blockedStatuses: [] }));
}

interface PlacedText {
  readonly at: readonly PropertyKey[];
  readonly text: string;
}

/** The texts of a template, under the keys by which a scenario file states them. */
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
    return [{ path, message: error.message, hint: error.hint ?? null }];
  }
}
