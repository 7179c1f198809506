import { expect, test } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { failing } from './fixtures.js';

const html = (result: Result): string => REPORTERS.get('html')!(result).contents;
const markdown = (result: Result): string => REPORTERS.get('markdown')!(result).contents;

/** The failing run, as sent by wire over TLS; the candidate's second trial late. */
function overTls(): Result {
  const result = failing();
  const { manifest } = result;
  return {
    ...result,
    manifest: {
      ...manifest,
      trace: manifest.trace && { ...manifest.trace, engine: 'wire' },
      scenario: {
        ...manifest.scenario,
        traffic: {
          ...manifest.scenario.traffic,
          tls: { verify: false, authority: null, serverName: null, session: 'reuse', clientCertificates: [] },
        },
      },
    },
    trials: result.trials.map((trial, i) => ({
      ...trial,
      connections: { opened: 100, resumed: 90 },
      lateness: { p50: 1 + i / 10, p99: i === 3 ? 77 : 5, max: 200 },
    })),
  };
}

test('the engine that sent the traffic, its protocol, and how late it was on each arm', () => {
  const result = overTls();
  const late = result.trials.flatMap((trial, i) => (i === 3 ? [trial.arm] : []));
  const page = html(result);
  expect(page).toContain('Sent by wire, HTTP/1.1 over TLS.');
  expect(page).toMatch(/Connections<\/th>.*Resumed<\/th>/s);
  expect(page).toContain('77 ms');
  const line =
    markdown(result)
      .split('\n')
      .find((text) => text.startsWith('- Sent by')) ?? '';
  expect(line).toContain('wire, HTTP/1.1 over TLS');
  expect(line).toMatch(new RegExp(`${late[0]} \\S+ and 77 ms`));
});

test('nothing is said if it was not recorded', () => {
  const page = html(failing());
  expect(page).not.toContain('Sent by');
  expect(page).not.toContain('Resumed</th>');
  expect(markdown(failing())).not.toContain('Sent by');
});
