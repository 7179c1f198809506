import { contentSecurityPolicy } from '../page/index.js';

/** Digest of the page's style; `test/trend/page.test.ts` computes it again and prints the right one. */
export const TREND_STYLE_HASH = 'sha256-OwfVG2nPZbnIsnCYshnb8cWFRwGjo06u4oyMAnqR3Ts=';

/** The page has no script, so none may run. */
export const trendPolicy = (): string => contentSecurityPolicy(TREND_STYLE_HASH, null);
