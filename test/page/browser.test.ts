import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SCRIPT_HASH } from '../../src/page/content-security-policy.js';
import { SCRIPT } from '../../src/page/script/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { dumpDom, findChromium } from './chromium.js';
import { failing, undecided } from '../report/fixtures.js';
import { hostile } from '../report/hostile.js';

const chromium = findChromium();
const page = (result: Parameters<NonNullable<ReturnType<typeof REPORTERS.get>>>[0]): string =>
  REPORTERS.get('html')!(result).contents;
const open = (html: string): Promise<string> => dumpDom(chromium ?? '', html);
const attribute = (dom: string, name: string): string | undefined =>
  new RegExp(`<html[^>]* data-${name}="([^"]*)"`).exec(dom)?.[1];

/** The page with more script of the test's own, which its policy is told to allow. */
function withProbe(html: string, probe: string): string {
  const script = `${SCRIPT}\n${probe}`;
  return html
    .replace(SCRIPT, () => script)
    .replace(SCRIPT_HASH, `sha256-${createHash('sha256').update(script).digest('base64')}`);
}

describe.skipIf(chromium === null)(
  'the page in a browser (needs Chromium: apt-get install chromium)',
  { timeout: 90_000 },
  () => {
    it.each([
      ['a fail', failing],
      ['an inconclusive run', undecided],
      ['hostile names', hostile],
    ])('runs its script without an error on %s', async (_, story) => {
      const dom = await open(page(story()));
      expect(attribute(dom, 'error')).toBeUndefined();
      expect(Number(attribute(dom, 'ready'))).toBeGreaterThan(5);
      expect(attribute(dom, 'pwned')).toBeUndefined();
      expect(dom).not.toMatch(/<img/);
    });

    it('draws every curve inside its picture', async () => {
      const probe =
        `document.documentElement.dataset['curves'] = ` +
        (`String([...document.querySelectorAll('details')].map((folded) => { folded.open = true; }).length ` +
          `&& [...document.querySelectorAll('path.line')].filter((line) => line.getBBox().width > 100).length);`);
      const dom = await open(withProbe(page(failing()), probe));
      // waf and origin: 3 replicates × 2 arms of memory and descriptors, and 3 differences. In the picture at the top
      // the measured part is narrow.
      expect(attribute(dom, 'curves')).toBe('30');
    });

    it('shows the values at the pointer', async () => {
      const probe = `const plot = document.querySelector('#details svg.plot[data-kind="level"]');
plot.scrollIntoView();
const box = plot.getBoundingClientRect();
const at = { clientX: box.left + box.width * 0.9, clientY: box.top + box.height / 2 };
plot.dispatchEvent(new PointerEvent('pointermove', at));
document.documentElement.dataset['tip'] = document.querySelector('.tip').textContent;`;
      expect(attribute(await open(withProbe(page(failing()), probe)), 'tip')).toMatch(
        /^request [\d,]+, \d+\.\d s after the start, 05:\d\d:\d\d UTCbaseline: [\d.]+ MiBcandidate: [\d.]+ MiBdiff/,
      );
    });

    it('is not wider than a phone’s screen', async () => {
      const probe =
        `document.body.style.width = '360px'; document.documentElement.dataset['overflow'] = ` +
        (`String([...document.querySelectorAll('main > *')].filter((part) => part.scrollWidth ` +
          `> part.clientWidth).length);`);
      expect(attribute(await open(withProbe(page(hostile()), probe)), 'overflow')).toBe('0');
    });

    it('cannot fetch, load or run anything else', async () => {
      const seen: string[] = [];
      const server = createServer((request, response) => {
        seen.push(request.url ?? '');
        response.end();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      try {
        const attack =
          `<img src="${url}/img"><link rel="stylesheet" href="${url}/css"><iframe ` +
          (`src="${url}/frame"></iframe><script ` +
            (`src="${url}/js"></script><script>document.documentElement.dataset.pwned = ` +
              `1</script><style>body{background:url(${url}/bg)}</style></main>`));
        const probe =
          `fetch('${url}/fetch').catch(() => {}); try { document.body.innerHTML = '<i>'; } ` +
          `catch { document.documentElement.dataset['trusted'] = 'refused'; }`;
        const dom = await open(
          withProbe(
            page(failing()).replace('</main>', () => attack),
            probe,
          ),
        );
        expect(attribute(dom, 'trusted')).toBe('refused');
        expect(attribute(dom, 'pwned')).toBeUndefined();
        expect(seen).toEqual([]);
        // The same attack on a page without a policy does get through: the listener works.
        await open(`<html><body>${attack}`);
        expect(seen).toContain('/img');
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  },
);
