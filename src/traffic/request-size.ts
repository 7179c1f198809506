import type { FieldGenerator, RequestTemplate } from '../model/index.js';

/** Characters of a value, for fields that state no length. */
const USUAL_LENGTH = 40;

/** The approximate largest size of a request of this template, in bytes. Nothing is generated. */
export function largestRequest(template: RequestTemplate, fields: Readonly<Record<string, FieldGenerator>>): number {
  const text = JSON.stringify([template.path, template.headers, template.body]);
  return Object.entries(fields).reduce(
    (size, [name, generator]) => size + (text.split(`{${name}}`).length - 1) * lengthOf(generator),
    text.length,
  );
}

function lengthOf(generator: FieldGenerator): number {
  if (generator.kind === 'text') return generator.bytes;
  if (generator.kind === 'hex') return generator.length;
  return generator.kind === 'oneOf'
    ? generator.values.reduce((longest, { length }) => Math.max(longest, length), 0)
    : USUAL_LENGTH;
}
