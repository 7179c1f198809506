import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'undici';
import { FLAGS } from './chromium.js';

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: { readonly result?: { readonly value?: unknown } };
  readonly error?: unknown;
}

/** A page that a test uses as a person does: real events of mouse, keys and fingers. */
export interface OpenPage extends AsyncDisposable {
  /** A command of the Chrome DevTools protocol. */
  readonly send: (method: string, params?: object) => Promise<Reply>;
  /** The value of an expression in the page. */
  readonly read: <T>(expression: string) => Promise<T>;
  /** Messages of the console, and errors. */
  readonly complaints: readonly string[];
}

/** Opens a page in a new browser with a screen of this size. */
export async function openPage(chromium: string, html: string, width = 1280, height = 900): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const flags = [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`, 'about:blank'];
  const browser = spawn(chromium, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => browser.once('close', resolve));
  const address = await new Promise<URL>((resolve, reject) => {
    let text = '';
    browser.once('error', reject).once('exit', () => reject(new Error(`the browser ended: ${text}`)));
    browser.stderr.on('data', (data: Buffer) => {
      text += data.toString();
      const [url] = /ws:\/\/\S+/.exec(text) ?? [];
      if (url !== undefined) resolve(new URL(url));
    });
  });
  const targets = (await (await fetch(`http://${address.host}/json`)).json()) as {
    readonly type: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const waiting = new Map<number, (reply: Reply) => void>();
  const complaints: string[] = [];
  let loaded = (): void => undefined;
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    if (reply.method === 'Page.loadEventFired') loaded();
    if (/^Log\.entryAdded|^Runtime\.(exceptionThrown|consoleAPICalled)/.test(reply.method ?? ''))
      complaints.push(JSON.stringify(reply.params));
  });
  let count = 0;
  const send: OpenPage['send'] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, (reply) =>
        reply.error === undefined ? resolve(reply) : reject(new Error(`${method}: ${JSON.stringify(reply.error)}`)),
      );
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  const load = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  await send('Page.navigate', { url: pathToFileURL(file).href });
  await load;
  return {
    send,
    complaints,
    read: async <T>(expression: string) =>
      (await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result?.result
        ?.value as T,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      browser.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
