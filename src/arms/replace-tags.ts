import type { ComposeModel } from '../compose/model.js';
import { meansImage, repositoryOf } from '../composefile/index.js';

export interface Replaced {
  readonly model: ComposeModel;
  /** Patterns that match no image of the model. */
  readonly unused: readonly string[];
}

/**
 * The model with the tags of the scenario. A pattern is an image's name without its tag, in which `*` stands for
 * anything. Its value is a tag or a digest (`sha256:…`). Images that are built here do not change.
 * @example
 * replaceTags({ services: { waf: { image: 'vendor/waf:1.6.13' } } }, { 'vendor/*': '1.6.14' }); // vendor/waf:1.6.14
 */
export function replaceTags(model: ComposeModel, images: Readonly<Record<string, string>>): Replaced {
  const patterns = Object.entries(images);
  const used = new Set<string>();
  const services = Object.entries(model.services).map(([name, service]) => {
    const { image, build } = service;
    if (image === undefined || build !== undefined) return [name, service] as const;
    const repository = repositoryOf(image);
    const found = patterns.find(([pattern]) => meansImage(pattern, repository));
    if (found === undefined) return [name, service] as const;
    const [pattern, tag] = found;
    used.add(pattern);
    return [name, { ...service, image: `${repository}${tag.startsWith('sha256:') ? '@' : ':'}${tag}` }] as const;
  });
  return {
    model: { ...model, services: Object.fromEntries(services) },
    unused: patterns.map(([pattern]) => pattern).filter((pattern) => !used.has(pattern)),
  };
}
