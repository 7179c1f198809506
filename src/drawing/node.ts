import { withoutMarkup } from '../facts/index.js';

/**
 * A tree of elements that can only be written escaped: text goes in as text, attributes as attributes, and nothing
 * accepts markup. The page is drawn here and not by its script, so it is complete where scripts are forbidden: in a
 * mail, in a CI artifact viewer, on paper.
 */
export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Child = Element | string | null | readonly Child[];

const VOID = new Set(['meta', 'br', 'hr']);

export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Element {
  return { tag, attributes, children };
}

function attribute([name, value]: readonly [string, Attributes[string]]): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return ` ${name}`;
  return ` ${name}="${withoutMarkup(String(value)).replace(/"/g, '&quot;').replace(/'/g, '&#39;')}"`;
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}

export function serialise(child: Child): string {
  if (child === null) return '';
  // A number and its percent sign stay on one line.
  if (typeof child === 'string') return withoutMarkup(child).replace(/(\d) %/g, '$1\u00A0%');
  if (isList(child)) return child.map(serialise).join('');
  const opening = `<${child.tag}${Object.entries(child.attributes).map(attribute).join('')}>`;
  return VOID.has(child.tag) ? opening : `${opening}${child.children.map(serialise).join('')}</${child.tag}>`;
}
