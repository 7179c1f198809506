import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BodyTemplate } from '../../src/model/index.js';
import { listedTrace } from './listed-trace.js';
import { compileTemplate } from '../../src/traffic/template.js';
import { settings, template } from './settings.js';

const context = { label: 'page', fields: ['name', 'user_id'] };
const text = fc.string({ unit: 'grapheme' });

function only(
  overrides: Parameters<typeof template>[0],
  value: string,
): { target: string; header: string | undefined; body: string } {
  const trace = listedTrace(
    settings({ mix: [template(overrides)], fields: { v: { kind: 'oneOf', values: [value] } } }),
    1,
  );
  const request = trace.requests[0];
  return {
    target: request?.target ?? '',
    header: request?.headers.find(([name]) => name === 'X-V')?.[1],
    body: Buffer.from(request?.body ?? []).toString('utf8'),
  };
}

function bodyWith(body: BodyTemplate, value: string): string {
  return only({ method: 'POST', body }, value).body;
}

describe('compileTemplate', () => {
  test.each([
    ['plain', 'plain'],
    ['{name}', '<name>'],
    ['a{name}b{user_id}c', 'a<name>b<user_id>c'],
    ['{{name}', '{name}'],
    ['{"a": {"b": "{name}"}}', '{"a": {"b": "<name>"}}'],
    ['${{jndi}', '${jndi}'],
    ['{{{{7*7}}', '{{7*7}}'],
    ['{ name } {} }', '{ name } {} }'],
  ])('%s → %s', (source, filled) => {
    expect(compileTemplate(source, context).fill((name) => `<${name}>`)).toBe(filled);
  });

  test('names the nearest field if one is unknown', () => {
    expect(() => compileTemplate('{user_di}', context)).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID', hint: expect.stringContaining('{user_id}') }),
    );
  });

  test('any text is unchanged if its braces are doubled', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(compileTemplate(any.replaceAll('{', '{{'), context).fill(() => 'x')).toBe(any);
      }),
    );
  });
});

describe('encoding of drawn values', () => {
  test('path and query can be decoded again', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(decodeURIComponent(only({ path: '/a?v={v}' }, value).target.slice('/a?v='.length))).toBe(value);
      }),
    );
  });

  test('a form can be parsed again', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(
          new URLSearchParams(bodyWith({ kind: 'form', fields: { a: 'x={v}&y', b: '{v}' } }, value)).get('a'),
        ).toBe(`x=${value}&y`);
      }),
    );
  });

  test('JSON can be parsed again, values deep', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(
          JSON.parse(bodyWith({ kind: 'json', value: { list: [{ deep: '{v}!' }], n: 1, z: null } }, value)),
        ).toEqual({ list: [{ deep: `${value}!` }], n: 1, z: null });
      }),
    );
  });

  test('headers and raw bodies carry the UTF-8 bytes', () => {
    const sent = only(
      { method: 'POST', headers: { 'X-V': '<{v}>' }, body: { kind: 'raw', contentType: 'text/plain', text: '[{v}]' } },
      'grün',
    );
    expect(Buffer.from(sent.header ?? '', 'latin1').toString('utf8')).toBe('<grün>');
    expect(sent.body).toBe('[grün]');
  });

  test('multipart keeps texts raw and quotes names', async () => {
    const traffic = settings({
      mix: [
        template({
          method: 'POST',
          body: {
            kind: 'multipart',
            parts: [
              { name: 'a"b', filename: null, contentType: null, text: 'é {v}' },
              { name: 'f', filename: '{v}', contentType: 'text/x', text: '' },
            ],
          },
        }),
      ],
      fields: { v: { kind: 'oneOf', values: ['1 "2"'] } },
    });
    const request = listedTrace(traffic, 1).requests[0];
    const type = request?.headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
    const form = await new Response(Buffer.from(request?.body ?? []), { headers: { 'content-type': type } }).formData();
    expect(form.get('a"b')).toBe('é 1 "2"');
    expect((form.get('f') as File).name).toBe('1 "2"');
  });
});
