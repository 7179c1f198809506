import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { failing, improving, passing, tell, undecided, unfair } from './fixtures.js';
import { parseXml, type XmlElement } from './xml.js';

function suiteOf(result: Result): XmlElement {
  const root = parseXml(REPORTERS.get('junit')!(result).contents);
  expect([root.name, root.attributes]).toEqual(['testsuites', {}]);
  return root.children[0]!;
}

const cases = (suite: XmlElement): XmlElement[] => suite.children.filter((child) => child.name === 'testcase');
const problems = (suite: XmlElement): XmlElement[] => cases(suite).flatMap((one) => one.children);

const ONE_LINE = /^\S(.*\S)?$/;

/**
 * What two schemas ask for: `JUnit.xsd` of Windy Road, for Ant's `junit` task, and `junit-10.xsd` of Jenkins' xUnit
 * plug-in. The first one is stricter everywhere except in the form of times.
 */
function expectSchemas(suite: XmlElement): void {
  expect(Object.keys(suite.attributes).sort()).toEqual(
    ['errors', 'failures', 'hostname', 'id', 'name', 'package', 'skipped', 'tests', 'time', 'timestamp'].sort(),
  );
  expect(suite.name).toBe('testsuite');
  expect(suite.children.map((child) => child.name)).toEqual([
    'properties',
    ...cases(suite).map(() => 'testcase'),
    'system-out',
    'system-err',
  ]);
  for (const name of ['name', 'package', 'hostname']) expect(suite.attributes[name]).toMatch(ONE_LINE);
  for (const name of ['id', 'tests', 'failures', 'errors', 'skipped']) expect(suite.attributes[name]).toMatch(/^\d+$/);
  expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  expect(suite.attributes['time']).toMatch(/^\d+\.\d{3}$/);
  expect(Number(suite.attributes['tests'])).toBe(cases(suite).length);
  expect(Number(suite.attributes['failures'])).toBe(problems(suite).filter((one) => one.name === 'failure').length);
  expect(Number(suite.attributes['errors'])).toBe(problems(suite).filter((one) => one.name === 'error').length);
  for (const { name, attributes, children } of suite.children[0]!.children) {
    expect([name, Object.keys(attributes), children]).toEqual(['property', ['name', 'value'], []]);
    expect(attributes['name']).toMatch(ONE_LINE);
  }
  for (const one of cases(suite)) {
    expect(Object.keys(one.attributes)).toEqual(['name', 'classname', 'time']);
    expect(one.attributes['name']).toMatch(ONE_LINE);
    expect(one.attributes['classname']).toMatch(ONE_LINE);
    expect(one.attributes['time']).toMatch(/^\d+\.\d{3}$/);
    expect(one.children.length).toBeLessThanOrEqual(1);
    for (const problem of one.children) {
      expect(['failure', 'error']).toContain(problem.name);
      expect(Object.keys(problem.attributes)).toEqual(['message', 'type']);
      expect(problem.children).toEqual([]);
    }
  }
}

describe('junit.xml', () => {
  it.each([
    ['fail', failing],
    ['pass', passing],
    ['improvement', improving],
    ['inconclusive', undecided],
    ['invalid', unfair],
  ])('of a %s is valid by both schemas', (_, story) => {
    expect(suiteOf(story()).name).toBe('testsuite');
    expectSchemas(suiteOf(story()));
  });

  it('has the time of the whole run, once', () => {
    const { manifest, ...rest } = failing();
    const times = { startedAt: '2026-11-21T12:00:00.000Z', endedAt: '2026-11-21T12:10:00.500Z' };
    const suite = suiteOf({ ...rest, manifest: { ...manifest, ...times } });
    expect(suite.attributes['time']).toBe('600.500');
    expect(cases(suite).map((one) => Number(one.attributes['time']))).toEqual([
      600.5,
      ...cases(suite)
        .slice(1)
        .map(() => 0),
    ]);
  });

  it('has the time of the load if the end of the run is not known', () => {
    const { manifest, ...rest } = failing();
    const suite = suiteOf({ ...rest, manifest: { ...manifest, endedAt: null } });
    expect(Number(suite.attributes['time'])).toBeGreaterThan(0);
  });

  it('is green for a pass and for an improvement', () => {
    expect(problems(suiteOf(passing()))).toEqual([]);
    expect(problems(suiteOf(improving()))).toEqual([]);
  });

  it('never shows inconclusive as skipped', () => {
    const suite = suiteOf(undecided());
    expect(problems(suite).map((one) => [one.name, one.attributes['type']])).toContainEqual([
      'failure',
      'inconclusive',
    ]);
    expect(JSON.stringify(suite)).not.toContain('"skipped"}');
  });

  it('is red even if every service passed and only the verdict did not', () => {
    const suite = suiteOf({ ...passing(), verdict: { ...passing().verdict, outcome: 'inconclusive' } });
    expect(problems(suite)).toHaveLength(1);
  });

  it('shows an unfair comparison as errors: the verdict, the service that was not judged and the check', () => {
    expect(problems(suiteOf(unfair())).filter((one) => one.name === 'error')).toHaveLength(3);
  });

  it('contains the margin and the difference for programs', () => {
    const properties = Object.fromEntries(
      suiteOf(failing()).children[0]!.children.map((one) => [one.attributes['name'], one.attributes['value']]),
    );
    expect(properties).toMatchObject({
      'slopegate.outcome': 'fail',
      'slopegate.margin': '32',
      'slopegate.unit': 'bytes/request',
      'slopegate.decisive': 'waf',
    });
    expect(Number(properties['slopegate.difference'])).toBeGreaterThan(5000);
  });

  it('has a case for each judged service, check and grave finding', () => {
    const suite = suiteOf(
      tell({
        story: {
          growth: {
            waf: { baseline: 0, candidate: 0 },
            cache: { baseline: 0, candidate: 0 },
            origin: { baseline: 0, candidate: 0 },
          },
        },
      }),
    );
    expect(
      cases(suite)
        .map((one) => one.attributes['name'])
        .slice(0, 3),
    ).toEqual(['verdict', 'cache', 'waf']);
  });
});
