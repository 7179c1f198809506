import type { RunningStack } from '../model/index.js';

/** Service → name and content id of its image. */
export function imagesOf({ facts }: Pick<RunningStack, 'facts'>): Readonly<Record<string, string>> {
  return Object.fromEntries(facts.map(({ service, image, imageId }) => [service, `${image} ${imageId}`]));
}
