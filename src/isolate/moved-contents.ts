import type { Change, Changed } from '../model/index.js';
import type { ComposeModel } from '../compose/model.js';
import { relocate, type Move } from '../subnets/index.js';

type Contents = Readonly<Record<string, { readonly content?: string } | null>>;

/** Moves the addresses in configs and secrets whose text is in the compose file itself. */
export function movedContents(model: ComposeModel, moves: readonly Move[]): Changed<ComposeModel> {
  const changes: Change[] = [];
  const moved = (['configs', 'secrets'] as const).flatMap((kind) => {
    if (model[kind] === undefined) return [];
    const own = Object.entries(model[kind] as Contents).map(([key, resource]) => {
      const content = resource?.content;
      if (content === undefined) return [key, resource] as const;
      const after = relocate(content, moves);
      if (after !== content) changes.push({ path: `${kind}.${key}`, code: 'moved-with-subnet', facts: {} });
      return [key, { ...resource, content: after }] as const;
    });
    return [[kind, Object.fromEntries(own)] as const];
  });
  return { part: { ...model, ...Object.fromEntries(moved) }, changes };
}
