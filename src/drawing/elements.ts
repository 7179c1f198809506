import { OUTCOMES } from '../facts/index.js';
import type { Outcome } from '../model/index.js';
import { h, type Attributes, type Child, type Element } from './node.js';

/** A link of a part to itself, so that its address can be copied. */
function selfLink(id: string, title: string): Element {
  return h('a', { class: 'self', href: `#${id}`, 'aria-label': `Link to “${title}”` }, '#');
}

/** Small pieces that several sections share. */
export function section(id: string, title: string, ...children: readonly Child[]): Element {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title, selfLink(id, title)),
    ...children,
  );
}

export function badge(outcome: Outcome): Element {
  return h('span', { class: `badge ${outcome}` }, OUTCOMES[outcome].word.toLowerCase());
}

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

export interface Row {
  readonly cells: readonly Child[];
  readonly class?: string;
}

/**
 * A table with a caption for screen readers. On a narrow screen it scrolls sideways, so that the page does not become
 * wider. With `cards` it becomes a list there: one card per row, with each column's title beside its cell.
 */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
  layout: 'plain' | 'cards' = 'plain',
): Element {
  const look = (column: Column | undefined): Attributes => (column?.number === true ? { class: 'number' } : {});
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    h(
      'table',
      layout === 'cards' ? { class: 'cards' } : {},
      h('caption', { class: 'unseen' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((column) => h('th', { scope: 'col', ...look(column) }, column.title)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            { class: row.class },
            row.cells.map((cell, index) =>
              index === 0
                ? h('th', { scope: 'row' }, cell)
                : h(
                    'td',
                    { ...look(columns[index]), ...(layout === 'cards' ? { 'data-title': columns[index]?.title } : {}) },
                    cell,
                  ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A value, and below it in small letters what it is based on. */
export function valueAbove(value: string, below: string): Child {
  return [value, h('span', { class: 'below' }, below)];
}

export function folded(summary: Child, ...children: readonly Child[]): Element {
  return h('details', {}, h('summary', {}, summary), ...children);
}

export function note(...children: readonly Child[]): Element {
  return h('p', { class: 'note' }, ...children);
}

/** Long digests and image names may break anywhere. */
export function code(text: string): Element {
  return h('code', {}, text);
}

/** A legend: swatch class → meaning. */
export function legend(marks: readonly (readonly [mark: string, words: string])[]): Element {
  return h(
    'p',
    { class: 'key' },
    marks.map(([mark, words]) => h('span', {}, h('span', { class: `swatch ${mark}` }), words)),
  );
}
