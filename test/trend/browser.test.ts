import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualify } from '../../src/history/index.js';
import { renderTrend } from '../../src/trend/index.js';
import { findChromium } from '../page/chromium.js';
import { openPage, type OpenPage } from '../page/devtools.js';
import { story } from './entries.js';

const chromium = findChromium();
const html = renderTrend({
  slopegate: '0.1.0',
  entries: story(),
  qualification: qualify(story(), '1.4', ['crs', 'xml <b>'], 0),
  linkOf: () => 'report.html',
});

describe.skipIf(chromium === null)(
  'the trend page in a browser (needs Chromium: apt-get install chromium)',
  { timeout: 60_000 },
  () => {
    let page: OpenPage;
    beforeAll(async () => {
      page = await openPage(chromium ?? '', html, 360, 800);
    }, 60_000);
    afterAll(async () => {
      await page[Symbol.asyncDispose]();
    });

    it('uses its style and complains about nothing', async () => {
      expect(page.complaints).toEqual([]);
      expect(await page.read(`getComputedStyle(document.querySelector('.mark.fail')).fill`)).toBe('rgb(180, 35, 24)');
    });

    it('fits a phone', async () => {
      expect(await page.read(`document.documentElement.scrollWidth`)).toBe(360);
    });

    it('draws every mark inside its picture', async () => {
      expect(
        await page.read(`[...document.querySelectorAll('svg.plot')].flatMap((plot) => {
          const area = plot.getBoundingClientRect();
          return [...plot.querySelectorAll('.mark, .version, .whisker, text')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.left < area.left - 1 || box.right > area.right + 1 ||
              box.top < area.top - 1 || box.bottom > area.bottom + 1;
          }).map((one) => one.textContent);
        })`),
      ).toEqual([]);
    });

    it('has every folded part open on paper', async () => {
      const seen = `[...document.querySelectorAll('details table')].filter((one) =>
        one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length`;
      const all = await page.read<number>(`document.querySelectorAll('details table').length`);
      expect(await page.read(seen)).toBe(0);
      await page.send('Emulation.setEmulatedMedia', { media: 'print' });
      // A busy browser needs a frame for it.
      await expect.poll(() => page.read<number>(seen), { timeout: 20_000 }).toBe(all);
    });
  },
);
