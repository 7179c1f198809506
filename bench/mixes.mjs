/**
 * Each scenario of a folder against a stack that runs already, for a short while:
 *
 *   npm run build && node bench/mixes.mjs scenarios/mixes --url http://127.0.0.1:8080 [--seconds 10] [--control URL]
 *
 * Prints for each what was sent and answered, by label and status, what journeys captured, and whether the digest of
 * what was sent is the planned one. With --control, the control port of slopegate's own origin, it says also whether
 * what reached the origin is what was not blocked.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createReplayer } from '../dist/replay/index.js';
import { openTraffic } from '../dist/run/traffic.js';
import { loadScenario } from '../dist/scenario/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, control: { type: 'string' }, seconds: { type: 'string', default: '10' } },
});
const { hostname: host, port } = new URL(values.url);

for (const name of readdirSync(positionals[0]).filter((file) => file.endsWith('.yaml') && file !== 'base.yaml')) {
  const { scenario, traceOf, sending } = await openTraffic(
    await loadScenario(join(positionals[0], name)),
    () => {},
    process.env,
  );
  const { rate, blockedStatuses } = scenario.traffic;
  if (values.control) await fetch(new URL('/reset', values.control), { method: 'POST' });
  const trace = traceOf(Math.round(rate * Number(values.seconds)));
  const target = { host, port: Number(port) };
  const signal = new AbortController().signal;
  try {
    const result = await createReplayer(sending).start({ target, trace, rate, blockedStatuses, signal }).done;
    const { engine, sent, answered, aborted = 0, counts, captured, sentDigest, passedCount, passedDigest } = result;
    const origin = values.control ? await (await fetch(new URL('/counts', values.control))).json() : null;
    console.log(
      JSON.stringify({
        name,
        engine,
        sent,
        answered,
        aborted,
        asPlanned: sentDigest === trace.digest,
        ...(origin && { passed: passedCount, reached: origin.requests, originAgrees: origin.digest === passedDigest }),
        counts,
        ...(captured && { captured }),
      }),
    );
  } catch (error) {
    console.log(JSON.stringify({ name, error: error.message }));
  }
}
