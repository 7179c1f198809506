import { SlopegateError, type BodyTemplate, type MultipartPart } from '../model/index.js';
import { keyOf } from './random.js';
import { compileTemplate, type Draw, type Template } from './template.js';

/** Absolute path → the bytes of the file. */
export type FileBytes = ReadonlyMap<string, Uint8Array>;

export interface BodyContext {
  readonly label: string;
  readonly fields: readonly string[];
  readonly seed: number;
  readonly files: FileBytes;
}

/** A body and its Content-Type. */
export interface BuiltBody {
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface BodyBuilder {
  readonly fields: readonly string[];
  /** Whether every request gets the same body. */
  readonly constant: boolean;
  build(draw: Draw, index: number): BuiltBody;
}

export function compileBody(body: BodyTemplate, context: BodyContext): BodyBuilder {
  switch (body.kind) {
    case 'raw':
      return textBody(body.contentType, compileTemplate(body.text, context));
    case 'file':
      return fileBody(body.contentType, body.file, context);
    case 'form':
      return formBody(body.fields, context);
    case 'json':
      return jsonBody(body.value, context);
    case 'multipart':
      break;
  }
  return multipartBody(body.parts, context);
}

function textBody(contentType: string, text: Template): BodyBuilder {
  return {
    fields: text.fields,
    constant: text.fields.length === 0,
    build: (draw) => ({ contentType, bytes: Buffer.from(text.fill(draw), 'utf8') }),
  };
}

function fileBody(contentType: string, file: string, { files }: BodyContext): BodyBuilder {
  return { fields: [], constant: true, build: () => ({ contentType, bytes: bytesOf(file, files) }) };
}

function bytesOf(file: string, files: FileBytes): Buffer {
  const bytes = files.get(file);
  if (bytes === undefined) throw new SlopegateError('INTERNAL', `${file} was not read`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function formBody(form: Readonly<Record<string, string>>, context: BodyContext): BodyBuilder {
  const pairs = Object.entries(form).map(
    ([name, value]) => [compileTemplate(name, context), compileTemplate(value, context)] as const,
  );
  const fields = fieldsOf(pairs.flat());
  return {
    fields,
    constant: fields.length === 0,
    build(draw) {
      const filled = new URLSearchParams(
        pairs.map(([name, value]): [string, string] => [name.fill(draw), value.fill(draw)]),
      );
      return { contentType: 'application/x-www-form-urlencoded', bytes: Buffer.from(filled.toString(), 'latin1') };
    },
  };
}

type JsonBuilder = (draw: Draw) => unknown;

function jsonBody(value: unknown, context: BodyContext): BodyBuilder {
  const fields = new Set<string>();
  const compile = (node: unknown): JsonBuilder => {
    if (typeof node === 'string') {
      const template = compileTemplate(node, context);
      for (const field of template.fields) fields.add(field);
      return (draw) => template.fill(draw);
    }
    if (Array.isArray(node)) {
      const items = node.map(compile);
      return (draw) => items.map((item) => item(draw));
    }
    if (typeof node === 'object' && node !== null) {
      const entries = Object.entries(node).map(([key, child]) => [key, compile(child)] as const);
      return (draw) => Object.fromEntries(entries.map(([key, child]) => [key, child(draw)]));
    }
    return () => node;
  };
  const root = compile(value);
  return {
    fields: [...fields],
    constant: fields.size === 0,
    build: (draw) => ({ contentType: 'application/json', bytes: Buffer.from(JSON.stringify(root(draw)), 'utf8') }),
  };
}

function multipartBody(parts: readonly MultipartPart[], context: BodyContext): BodyBuilder {
  const compile = (text: string): Template => compileTemplate(text, context);
  const compiled = parts.map((part) => ({
    name: compile(part.name),
    filename: part.filename === null ? null : compile(part.filename),
    contentType: part.contentType,
    file: part.file,
    text: compile(part.text),
  }));
  return {
    fields: fieldsOf(
      compiled.flatMap((part) => [part.name, part.text, ...(part.filename === null ? [] : [part.filename])]),
    ),
    constant: false,
    build(draw, index) {
      const boundary = boundaryOf(context.seed, index);
      const pieces: Buffer[] = [];
      for (const part of compiled) {
        let head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name.fill(draw))}"`;
        if (part.filename !== null) head += `; filename="${quoted(part.filename.fill(draw))}"`;
        if (part.contentType !== null) head += `\r\nContent-Type: ${part.contentType}`;
        pieces.push(
          Buffer.from(`${head}\r\n\r\n`, 'utf8'),
          part.file === undefined ? Buffer.from(part.text.fill(draw), 'utf8') : bytesOf(part.file, context.files),
          Buffer.from('\r\n', 'latin1'),
        );
      }
      pieces.push(Buffer.from(`--${boundary}--\r\n`, 'latin1'));
      return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(pieces) };
    },
  };
}

function boundaryOf(seed: number, index: number): string {
  const hex = (part: string): string => keyOf(seed, part, index).toString(16).padStart(8, '0');
  return `slopegate-${hex('boundary')}${hex('boundary-2')}`;
}

/** A name in Content-Disposition as browsers write it (HTML standard, multipart/form-data). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function fieldsOf(templates: readonly Template[]): readonly string[] {
  return [...new Set(templates.flatMap((template) => template.fields))];
}
