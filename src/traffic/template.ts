import { SlopegateError } from '../model/index.js';
import { nearest } from '../words/nearest.js';

/** The values for one request: one per field, the same wherever the request names it. */
export type Draw = (field: string) => string;

/** Text with `{field}` placeholders, ready to be filled. */
export interface Template {
  readonly fields: readonly string[];
  fill(draw: Draw): string;
}

const TOKEN = /\{\{|\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g;

/**
 * `{name}` is a placeholder and `{{` a literal brace. Any other brace is itself, so JSON, XML and attack payloads can
 * be written as they are. Only text that looks exactly like a placeholder must name a field.
 */
export function compileTemplate(
  text: string,
  context: { readonly label: string; readonly fields: readonly string[] },
  encode: (value: string) => string = (value) => value,
): Template {
  const literals: string[] = [];
  const names: string[] = [];
  let literal = '';
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    literal += text.slice(end, match.index);
    end = match.index + match[0].length;
    const name = match[1];
    if (name === undefined) {
      literal += '{';
      continue;
    }
    if (!context.fields.includes(name)) throw unknownField(name, context.label, context.fields);
    literals.push(literal);
    names.push(name);
    literal = '';
  }
  const last = literal + text.slice(end);
  if (names.length === 0) return { fields: [], fill: () => last };
  return {
    fields: [...new Set(names)],
    fill(draw) {
      let filled = '';
      for (let i = 0; i < names.length; i++) filled += (literals[i] as string) + encode(draw(names[i] as string));
      return filled + last;
    },
  };
}

function unknownField(name: string, label: string, fields: readonly string[]): SlopegateError {
  const near = nearest(name, fields);
  const known = fields.length === 0 ? 'no fields are defined' : `fields: ${fields.join(', ')}`;
  return new SlopegateError(
    'TRAFFIC_INVALID',
    `Request "${label}" uses the field {${name}}, which traffic.fields does not define`,
    {
      hint: `${near === null ? `Define it (${known})` : `Did you mean {${near}}?`}; write {{ for a brace`,
    },
  );
}
