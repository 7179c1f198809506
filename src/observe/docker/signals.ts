/** What happened to a container, as the daemon reports it. */
export type ContainerSignal =
  | { readonly kind: 'oom' | 'start'; readonly id: string }
  | { readonly kind: 'kill'; readonly id: string; readonly signal: string }
  | { readonly kind: 'die'; readonly id: string; readonly exitCode: number | null };

interface EventDocument {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** One document of Docker's event stream; null if an observer does not need it. */
export function parseSignal(document: unknown): ContainerSignal | null {
  const { Type, Action, Actor } = (document ?? {}) as EventDocument;
  const id = Actor?.ID;
  if (Type !== 'container' || id === undefined) return null;
  if (Action === 'oom' || Action === 'start') return { kind: Action, id };
  if (Action === 'kill') return { kind: 'kill', id, signal: Actor?.Attributes?.['signal'] ?? '?' };
  if (Action !== 'die') return null;
  const code = Number.parseInt(Actor?.Attributes?.['exitCode'] ?? '', 10);
  return { kind: 'die', id, exitCode: Number.isNaN(code) ? null : code };
}
