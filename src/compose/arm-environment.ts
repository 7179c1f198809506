import type { ArmSettings } from '../model/index.js';

/** The variables that an arm sets, with its secrets filled in. */
export function environmentOf(
  { environment }: ArmSettings,
  fill: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
}
