import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compareGrowth, readSeries, type Comparison, type RecordedRun } from '../../src/index.js';

const OWN = new Set(['reloads', 'xml-schema-missing', 'crs', 'apache']);
const pathOf = (name: string): string =>
  fileURLToPath(
    new URL(
      [...OWN].some((word) => name.startsWith(word)) ? `fixtures/${name}.csv` : `../fixtures/traces/${name}.csv`,
      import.meta.url,
    ),
  );
const all = (stem: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${stem}-${n + 1}`);
const twice = (name: string): string[] => [name, name];
const NGINX = ['nginx-3.0.9-a', 'nginx-3.0.9-b'];

/** The same story in another container: one second later, one page higher. What a file twice would be is a copy. */
function another(run: RecordedRun): RecordedRun {
  const services = run.services.map((series) => ({
    ...series,
    time: Array.from(series.time).slice(1),
    requests: series.requests ? Array.from(series.requests).slice(1) : null,
    values: Object.fromEntries(
      Object.entries(series.values).map(([name, column]) => [
        name,
        Array.from(column, (value) => (name.endsWith('_bytes') ? value + 4096 : value)).slice(1),
      ]),
    ),
  }));
  return { source: `${run.source} again`, services };
}

async function compare(baseline: readonly string[], candidate: readonly string[]): Promise<Comparison> {
  const seen = new Set<string>();
  const read = async (names: readonly string[]): Promise<RecordedRun[]> => {
    const runs: RecordedRun[] = [];
    for (const name of names) {
      const run = await readSeries(pathOf(name));
      runs.push(seen.has(name) ? another(run) : run);
      seen.add(name);
    }
    return runs;
  };
  return compareGrowth({ baseline: await read(baseline), candidate: await read(candidate) });
}

/** Series of real containers under known triggers, as their recorder left them: no window is given. */
describe('recorded series of real containers', () => {
  test.each([
    ['a leak per XML document', all('xml-valid-3.0.14', 2), all('xml-valid-3.0.9', 2), 'fail'],
    ['the upgrade away from it', all('xml-valid-3.0.9', 2), all('xml-valid-3.0.14', 2), 'pass'],
    ['both leak alike', all('xml-schema-missing-3.0.9', 2), all('xml-schema-missing-3.0.14', 2), 'inconclusive'],
    ['an upgrade without a regression', all('crs-3.0.9', 3), all('crs-3.0.14', 3), 'inconclusive'],
    ['growth per reload, less than before', all('reloads-3.0.9', 2), all('reloads-3.0.14', 2), 'pass'],
    ['growth per reload, more than before', all('reloads-3.0.14', 2), all('reloads-3.0.9', 2), 'fail'],
    ['the same image twice', NGINX, [...NGINX].reverse(), 'pass'],
    ['a descriptor leak', NGINX, twice('look-descriptor-leak'), 'fail'],
    [
      'a descriptor leak beside scattered memory',
      ['look-sawtooth', 'look-filling-cache'],
      twice('look-descriptor-leak'),
      'fail',
    ],
    ['a cache that fills', NGINX, twice('look-filling-cache'), 'inconclusive'],
    ['a sawtooth', NGINX, twice('look-sawtooth'), 'inconclusive'],
    ['bursts', NGINX, twice('apache-2.9.7-a'), 'inconclusive'],
    ['256 bytes a request', twice('lua-leak0'), twice('lua-leak256'), 'fail'],
  ] as const)('%s', async (_, baseline, candidate, outcome) => {
    expect((await compare(baseline, candidate)).verdict.outcome).toBe(outcome);
  });

  test('0.65 MB per reload on 3.0.9 and 0.2 MB on 3.0.14, although peaks reach 100 MB', async () => {
    const [service] = (await compare(all('reloads-3.0.14', 2), all('reloads-3.0.9', 2))).verdict.assessment.services;
    expect(service?.growth.candidate?.value).toBeGreaterThan(0.6e6);
    expect(service?.growth.candidate?.value).toBeLessThan(0.7e6);
    expect(service?.growth.baseline?.value).toBeLessThan(0.25e6);
  });

  test('memory that varies is undecided while descriptors fail', async () => {
    const { verdict } = await compare(['look-sawtooth', 'look-filling-cache'], twice('look-descriptor-leak'));
    expect(verdict.assessment.services.map(({ metric, outcome }) => `${metric} ${outcome}`)).toEqual([
      'anon_bytes inconclusive',
      'fds fail',
    ]);
  });
});
