import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { SCRIPT_HASH, STYLE_HASH } from '../../src/page/content-security-policy.js';
import { SCRIPT } from '../../src/page/script/index.js';
import { STYLE } from '../../src/page/style.js';

// The digests to paste into src/page/content-security-policy.ts after a change of style or script are in the
// failure's message.
it.each([
  ['style', STYLE, STYLE_HASH],
  ['script', SCRIPT, SCRIPT_HASH],
])('the policy lets the %s run and nothing else', (_, text, digest) => {
  expect(digest).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`);
});
