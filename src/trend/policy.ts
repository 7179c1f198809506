import { contentSecurityPolicy } from '../page/index.js';

/** Digest of the page's style; `test/trend/page.test.ts` computes it again and prints the right one. */
export const TREND_STYLE_HASH = 'sha256-jlSC014XoWQMu316I5suk2kcWQdB+pIJzYwnmk6hJeo=';

/** The page has no script, so none may run. */
export const trendPolicy = (): string => contentSecurityPolicy(TREND_STYLE_HASH, null);
