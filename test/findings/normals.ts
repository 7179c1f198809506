import { seeded } from '../statistics/series.js';

/** Standard normal numbers, the same for the same seed (Box and Muller). */
export function normals(seed: number): () => number {
  const uniform = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
