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

  describe('the lines for nginx', () => {
    /** A failing result whose growing label has these paths, with another service that grows in the same way. */
    function withPaths(paths: readonly string[]): Result {
      const result = failing();
      const { assessment } = result.verdict;
      const { scenario } = result.manifest;
      const template = { weight: 1, expect: 'passed', method: 'POST', headers: {}, body: null } as const;
      const mix = [
        ...paths.map((path) => ({ ...template, label: 'order-valid', path })),
        { ...template, label: 'browse', path: '/other' },
      ];
      const waf = assessment.services.find(({ outcome }) => outcome === 'fail')!;
      const twin = { ...waf, role: 'waf2', services: { baseline: ['waf2'], candidate: ['waf2'] } };
      const attribution = [
        ...assessment.attribution!,
        ...assessment.attribution!.map((one) => ({ ...one, role: 'waf2' })),
      ];
      return {
        ...result,
        manifest: { ...result.manifest, scenario: { ...scenario, traffic: { ...scenario.traffic, mix } } },
        verdict: {
          ...result.verdict,
          assessment: { ...assessment, services: [...assessment.services, twin], attribution },
        },
      };
    }

    test('a zone for each service, and one location for each path', () => {
      const text = renderRemedies(withPaths(['/orders/{id}?a=1', '/orders/{id}/x', '/basket']));
      const location = (path: string): string =>
        `location "${path}" {\n    limit_req zone=slopegate_1 burst=5 nodelay;\n` +
        '    limit_req zone=slopegate_2 burst=5 nodelay;\n    # and what this location has today\n}\n';
      expect(text).toContain(
        '# in http { }\nlimit_req_zone $server_name zone=slopegate_1:1m rate=5r/m;\n' +
          'limit_req_zone $server_name zone=slopegate_2:1m rate=5r/m;\n# in server { }\n' +
          `${location('/orders/')}${location('/basket')}`,
      );
      expect(text.match(/^(limit_req_zone|location) /gm)).toHaveLength(2 + 2);
      expect(text).toContain('Each limit holds for every path that begins with this one');
      expect(text).not.toContain('/other');
    });

    test.each([['/{id}'], ['{path}'], ['/?a={b}']])(
      '%s would limit everything: there are none, and it says why',
      (path) => {
        const text = renderRemedies(withPaths([path, '/basket']));
        expect(text).toContain('A limit for "/" would limit all requests');
        expect(text).not.toMatch(/limit_req|Rate limits/);
      },
    );

    test.each([['/search%20x'], ['/a//b'], ['/a/./b/{id}'], ['/a/../b'], ['/a/..'], ['//{id}']])(
      'nginx changes %s before it looks for a location: there are none, and it says why',
      (path) => {
        const text = renderRemedies(withPaths([path, '/basket']));
        expect(text).toContain('nginx changes these before it looks for a location');
        expect(text).not.toMatch(/limit_req|Rate limits/);
      },
    );

    test('a dot in a name changes nothing', () => {
      expect(renderRemedies(withPaths(['/.well-known/{id}', '/a..b/c.d']))).toContain('location "/a..b/c.d" {');
    });
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
    expect(text).toContain('a restart too often');
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
