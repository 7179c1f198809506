import { h, type Child, type Element } from '../drawing/index.js';

const isElement = (child: Child): child is Element =>
  child !== null && typeof child === 'object' && !Array.isArray(child) && 'tag' in child;

/** Id and title of each section among these parts. */
function sectionsOf(parts: readonly Child[]): readonly (readonly [id: string, title: string])[] {
  return parts.flatMap((part) => {
    if (!isElement(part) || part.tag !== 'section') return [];
    const heading = part.children.find((child) => isElement(child) && child.tag === 'h2');
    const title = heading !== undefined && isElement(heading) ? heading.children[0] : null;
    return typeof title === 'string' ? [[String(part.attributes['id']), title] as const] : [];
  });
}

/** The table of contents: a link to each part of the page. */
export function contentsOf(parts: readonly Child[]): Element {
  return h(
    'nav',
    { class: 'contents', 'aria-label': 'On this page' },
    h(
      'ul',
      {},
      sectionsOf(parts).map(([id, title]) => h('li', {}, h('a', { href: `#${id}` }, title))),
    ),
  );
}
