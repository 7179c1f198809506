import { describe, expect, test } from 'vitest';
import { renderRemedies } from '../../src/report/index.js';
import type { Result, WordedService } from '../../src/results/index.js';
import { failing, passing } from './fixtures.js';

/** A failing result whose failing services are changed. */
function changed(change: (service: WordedService) => Partial<WordedService>): Result {
  const result = failing();
  const services = result.verdict.assessment.services.map((one) => ({ ...one, ...change(one) }));
  return { ...result, verdict: { ...result.verdict, assessment: { ...result.verdict.assessment, services } } };
}

const growth = (value: number): Partial<WordedService> => ({
  growth: { baseline: null, candidate: { value, lower: value, upper: value, confidence: 0.95 } },
});
const room = (bytes: number, source: 'production' | 'limit' | 'host' = 'limit'): Partial<WordedService> => ({
  room: { baseline: null, candidate: { bytes, source } },
  levels: { baseline: null, candidate: { start: 0, end: 0, peak: 0, afterIdle: null } },
});
const RATE = failing().manifest.scenario.gate.production?.ratePerSecond ?? failing().manifest.scenario.traffic.rate;

describe('what to do until it is fixed', () => {
  test('of a run with labels that grow', async () => {
    await expect(renderRemedies(failing())).toMatchFileSnapshot('golden/failing/remedies.md');
  });

  test('a label whose requests have a path: the lines for nginx', () => {
    const result = failing();
    const { scenario } = result.manifest;
    const template = { weight: 1, expect: 'passed', method: 'POST', headers: {}, body: null } as const;
    const mix = ['/orders/{id}?a=1', '/other'].map((path, place) => ({
      ...template,
      label: place === 0 ? 'order-valid' : 'browse',
      path,
    }));
    const traffic = { ...scenario.traffic, mix };
    const text = renderRemedies({
      ...result,
      manifest: { ...result.manifest, scenario: { ...scenario, traffic } },
    });
    expect(text).toContain(
      'limit_req_zone $server_name zone=slopegate_1:1m rate=5r/m;\n# in server { }\nlocation "/orders/" {\n' +
        '    limit_req zone=slopegate_1 burst=5 nodelay;\n',
    );
    expect(text).toContain('Other requests with the same path are limited too.');
    expect(text).not.toContain('/other');
  });

  test('the name of a service cannot end a command', () => {
    const text = renderRemedies(changed(({ services }) => ({ services: { ...services, candidate: ['a; rm -rf /'] } })));
    expect(text).toContain('docker compose restart a··rm·-rf··\n');
  });

  test('a run that passes gets none', () => {
    expect(renderRemedies(passing())).toContain('This run gives no remedies');
  });

  test.each([
    // Seconds in which all of the free memory is used, and the restart: the longest schedule below half of it.
    [2 * 300, '*/5 * * * *', 300],
    [2 * 3599, '*/30 * * * *', 1800],
    [2 * 3600, '0 * * * *', 3600],
    [2 * 7 * 3600, '0 */6 * * *', 21_600],
    [2 * 100 * 3600, '0 4 * * *', 86_400],
  ])('free memory that lasts %i s: cron %s, systemd %i s', (seconds, cron, systemd) => {
    const text = renderRemedies(changed(() => ({ ...growth(100), ...room(100 * RATE * seconds) })));
    expect(text).toContain(`${cron} docker compose restart `);
    expect(text).toContain(`RuntimeMaxSec=${systemd}\n`);
  });

  test('memory that lasts minutes: no restart, and it says why', () => {
    const text = renderRemedies(changed(() => ({ ...growth(100), ...room(100 * RATE * 500) })));
    expect(text).toContain('too short for restarts');
    expect(text).not.toMatch(/RuntimeMaxSec|crontab|compose restart|rollout restart/);
  });

  test.each<['production' | 'limit', number]>([
    ['production', 151],
    ['limit', 180],
  ])('the memory limit, if free memory is known from %s, rounded up: %i MiB', (source, mebibytes) => {
    const candidate = { start: 50 * 2 ** 20 + 1, end: 80 * 2 ** 20, peak: 0, afterIdle: null };
    const levels = { baseline: null, candidate };
    const text = renderRemedies(changed(() => ({ ...room(100 * 2 ** 20, source), levels })));
    expect(text).toContain(`    mem_limit: ${mebibytes}m\n`);
    expect(text).toContain(`MemoryMax=${mebibytes}M\n`);
    expect(text).toContain(`--limits=memory=${mebibytes}Mi\n`);
  });

  test('the time until a restart counts from the memory after the last one', () => {
    const levels = { baseline: null, candidate: { start: 2 ** 20, end: 5 * 2 ** 20, peak: 0, afterIdle: null } };
    const part = { ...growth(100), ...room(100 * RATE * 2 * 3600 - 4 * 2 ** 20), levels };
    expect(renderRemedies(changed(() => part))).toContain('RuntimeMaxSec=3600\n');
  });

  test('if only the host limits the memory, there is no memory limit', () => {
    const text = renderRemedies(changed(() => room(2 ** 33, 'host')));
    expect(text).toContain('no memory limit is computed');
    expect(text).not.toMatch(/mem_limit|MemoryMax|--limits/);
  });

  test('without growth or known free memory nothing is computed', () => {
    expect(renderRemedies(changed(() => growth(-1)))).toContain('This run gives no remedies');
    const unknown = { room: { baseline: null, candidate: null } };
    expect(renderRemedies(changed(() => unknown))).toContain('This run gives no remedies');
  });
});
