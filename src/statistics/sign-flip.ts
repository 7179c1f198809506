import { at, type Numbers } from './numbers.js';

/**
 * Exact one-sided sign-flip test of "the differences are symmetric about 0" against "they are larger": the share of all
 * 2ⁿ sign patterns whose sum is at least the observed one. Never 0, since the observed pattern counts. For reporting:
 * below
 * five replicates it cannot reach 5 %. Domain: 1 to 20 finite values. @throws RangeError outside it. Source: Fisher
 * 1935.
 */
export function signFlipP(differences: Numbers): number {
  const n = differences.length;
  if (n < 1 || n > 20) throw new RangeError(`sign flip takes 1 to 20 differences, got ${n}`);
  let observed = 0;
  let scale = 0;
  for (let i = 0; i < n; i += 1) {
    observed += at(differences, i);
    scale += Math.abs(at(differences, i));
  }
  const atLeast = observed - scale * 1e-12;
  let count = 0;
  for (let pattern = 0; pattern < 2 ** n; pattern += 1) {
    let sum = 0;
    for (let i = 0; i < n; i += 1)
      sum += (pattern & (1 << i)) === 0 ? Math.abs(at(differences, i)) : -Math.abs(at(differences, i));
    if (sum >= atLeast) count += 1;
  }
  return count / 2 ** n;
}
