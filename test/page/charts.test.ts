import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/report/index.js';
import { failing, tell } from '../report/fixtures.js';
import { findChromium } from './chromium.js';
import { openPage, type OpenPage } from './devtools.js';

const chromium = findChromium();
const html = (result: ReturnType<typeof tell>): string => REPORTERS.get('html')!(result).contents;
const growth = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`svc ${index + 1}`, { baseline: 1, candidate: index === 7 ? 900 : 2 }]),
);

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
const CHART = `document.querySelector('#details svg.plot[data-kind="level"]')`;
const TIP = `(document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').innerText)`;
const ZOOMED = `document.querySelectorAll('svg.zoomed').length`;

/** Brings the first chart of a service into sight and says where it is. */
const chartOf = (page: OpenPage): Promise<Box> =>
  page.read(`(async () => { ${CHART}.scrollIntoView({ block: 'center' });
    // Scrolling takes the crosshair away, one frame later.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { left, top, width, height } = ${CHART}.getBoundingClientRect();
    return { left, top, width, height }; })()`);

async function mouse(page: OpenPage, type: string, box: Box, share: number): Promise<void> {
  const at = { x: box.left + box.width * share, y: box.top + box.height / 2 };
  await page.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', buttons: 1, clickCount: 1 });
}

async function press(page: OpenPage, key: string): Promise<void> {
  const text = key.length === 1 ? { text: key } : {};
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
}

describe.skipIf(chromium === null)(
  'the charts in a browser (needs Chromium: apt-get install chromium)',
  { timeout: 60_000 },
  () => {
    let page: OpenPage;
    beforeAll(async () => {
      page = await openPage(chromium ?? '', html(failing()));
    }, 60_000);
    afterAll(async () => {
      await page[Symbol.asyncDispose]();
    });

    it('show both versions and their difference at the mouse, and the place in every chart', async () => {
      const box = await chartOf(page);
      await mouse(page, 'mouseMoved', box, 0.8);
      expect(await page.read(TIP)).toMatch(
        /^request [\d,]+, [\d.]+ s after the start, 05:[\d:]+ UTC\nbaseline: [\d.]+ MiB\ncandidate: [\d.]+ MiB\ndiff/,
      );
      expect(await page.read<number>(`document.querySelectorAll('line.cross').length`)).toBeGreaterThan(3);
    });

    it('are zoomed together by a drag of the mouse, and shown whole again by a button', async () => {
      const box = await chartOf(page);
      await mouse(page, 'mousePressed', box, 0.5);
      await mouse(page, 'mouseMoved', box, 0.7);
      await mouse(page, 'mouseReleased', box, 0.7);
      expect(await page.read(ZOOMED)).toBe(3);
      const shown = await page.read<string>(`${CHART}.querySelector('g.live').textContent`);
      expect(shown).toMatch(/6,\d00/);
      await page.read(`[...document.querySelectorAll('.tools button')].at(-1).click()`);
      expect(await page.read(ZOOMED)).toBe(0);
    });

    it('are read and zoomed with keys', async () => {
      await chartOf(page);
      await page.read(`${CHART}.focus({ preventScroll: true })`);
      await press(page, 'ArrowRight');
      const first = await page.read(TIP);
      await press(page, 'ArrowRight');
      expect(await page.read(TIP)).not.toBe(first);
      expect(first).toMatch(/^request /);
      await press(page, '+');
      expect(await page.read(ZOOMED)).toBe(3);
      await press(page, 'Escape');
      expect(await page.read(ZOOMED)).toBe(0);
    });

    it('cause no message of the browser', () => {
      expect(page.complaints).toEqual([]);
    });

    it('keep their values on a phone after the finger is lifted', async () => {
      await using phone = await openPage(chromium ?? '', html(failing()), 390, 800);
      await phone.send('Emulation.setTouchEmulationEnabled', { enabled: true });
      const box = await chartOf(phone);
      const touchPoints = [{ x: box.left + box.width * 0.8, y: box.top + box.height / 2 }];
      await phone.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
      await phone.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      expect(await phone.read(TIP)).toMatch(/difference: [\d.]+ MiB$/);
      await phone.read(`document.querySelector('.tools button').click()`);
      expect(await phone.read(ZOOMED)).toBe(3);
      expect(phone.complaints).toEqual([]);
    });

    it('are found by name, and a link opens the service that it leads to', async () => {
      await using many = await openPage(chromium ?? '', html(tell({ story: { growth } })));
      const isOpen = `document.querySelector('#service-svc-11 details')?.open`;
      expect(await many.read(isOpen)).toBe(false);
      await many.read(`document.querySelector('a[href="#service-svc-11"]').click()`);
      await many.read(`new Promise((resolve) => setTimeout(resolve))`);
      expect(await many.read(isOpen)).toBe(true);
      await many.read(`document.querySelector('input[type=search]').focus()`);
      await many.send('Input.insertText', { text: 'svc 11' });
      expect(
        await many.read(`[...document.querySelectorAll('#details article')].filter((one) => !one.hidden).length`),
      ).toBe(1);
      expect(await many.read(`document.querySelector('.filter [role=status]').textContent`)).toBe('1 of 12');
      expect(many.complaints).toEqual([]);
    });
  },
);
