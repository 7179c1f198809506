import { describe, expect, it } from 'vitest';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import * as fixtures from './fixtures.js';

/**
 * Byte for byte. After a wanted change: `npx vitest run --project unit test/report/golden.test.ts -u`, then read the
 * diff.
 */
const STORIES = {
  failing: fixtures.failing,
  passing: fixtures.passing,
  improving: fixtures.improving,
  undecided: fixtures.undecided,
  unfair: fixtures.unfair,
};
/** The page and the document are large: two of each are kept. */
const KEPT_WHOLE = new Set(['failing', 'undecided']);

describe.each(Object.entries(STORIES))('%s', (name, story) => {
  const result = story();

  it.each([...REPORTERS])('%s is the same every time', (_, render) => {
    expect(render(story()).contents).toBe(render(result).contents);
  });

  it.each([...REPORTERS].filter(([format]) => KEPT_WHOLE.has(name) || format === 'markdown' || format === 'junit'))(
    '%s is what it was',
    async (_, render) => {
      const { path, contents } = render(result);
      await expect(contents).toMatchFileSnapshot(`golden/${name}/${path}`);
    },
  );

  it('the terminal summary equals the stored one, within 80 columns', async () => {
    const text = renderTerminal(result, { colour: false, width: 80 });
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${name}/terminal.txt`);
  });
});
