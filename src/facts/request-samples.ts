import type { BodyTemplate, MultipartPart, RequestTemplate } from '../model/index.js';
import type { Result } from '../results/index.js';

/** Longer samples are cut: a reader recognizes a request by its beginning. */
const MOST_CHARACTERS = 2_000;

interface RequestSample {
  readonly label: string;
  /** `POST /orders`: method and target. */
  readonly line: string;
  /** The whole request as the scenario has it, with placeholders in braces. */
  readonly text: string;
}

type Template = Pick<RequestTemplate, 'label' | 'method' | 'path' | 'headers' | 'body'>;

/**
 * One request of each label, as the scenario describes it. Labels of recorded traffic are not among them: their
 * requests are in other files.
 */
export function requestSamples({ manifest: { scenario } }: Result): readonly RequestSample[] {
  const { mix, journeys = [], host } = scenario.traffic;
  const templates: readonly Template[] = [...mix, ...journeys.flatMap(({ steps }) => steps)];
  const first = new Map<string, Template>();
  for (const template of templates) if (!first.has(template.label)) first.set(template.label, template);
  return [...first.values()].map((template) => ({
    label: template.label,
    line: `${template.method} ${template.path}`,
    text: cut(textOf(template, host)),
  }));
}

function textOf({ method, path, headers, body }: Template, host: string): string {
  const fields = { Host: host, ...headers, ...(body === null ? {} : { 'Content-Type': contentTypeOf(body) }) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, ...(body === null ? [] : ['', bodyText(body)])].join('\n');
}

function contentTypeOf(body: BodyTemplate): string {
  if (body.kind === 'form') return 'application/x-www-form-urlencoded';
  if (body.kind === 'json') return 'application/json';
  return body.kind === 'multipart' ? 'multipart/form-data' : body.contentType;
}

function bodyText(body: BodyTemplate): string {
  if (body.kind === 'file') return `(content of ${body.file})`;
  if (body.kind === 'raw') return body.text;
  if (body.kind === 'json') return JSON.stringify(body.value);
  return body.kind === 'form'
    ? Object.entries(body.fields)
        .map(([name, value]) => `${name}=${value}`)
        .join('&')
    : body.parts.map(partText).join('\n');
}

const partText = ({ name, filename, text, file }: MultipartPart): string =>
  `(part "${name}"${filename === null ? '' : `, file name "${filename}"`})\n` +
  (file === undefined ? text : `(content of ${file})`);

const cut = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);
