import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { failing, improving, passing, tell, undecided, unfair } from './fixtures.js';
import { parseXml, type XmlElement } from './xml.js';

function suiteOf(result: Result): XmlElement {
  const root = parseXml(REPORTERS.get('junit')!(result).contents);
  expect(root.name).toBe('testsuites');
  return root.children[0]!;
}

const cases = (suite: XmlElement): XmlElement[] => suite.children.filter((child) => child.name === 'testcase');
const problems = (suite: XmlElement): XmlElement[] => cases(suite).flatMap((one) => one.children);

/** What the schema of the Jenkins xUnit plug-in and Ant's `junit` task ask for. */
function expectSchema(suite: XmlElement): void {
  expect(suite.name).toBe('testsuite');
  expect(suite.children.map((child) => child.name)).toEqual([
    'properties',
    ...cases(suite).map(() => 'testcase'),
    'system-out',
  ]);
  expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  expect(suite.attributes['time']).toMatch(/^\d+\.\d{3}$/);
  expect(Number(suite.attributes['tests'])).toBe(cases(suite).length);
  expect(Number(suite.attributes['failures'])).toBe(problems(suite).filter((one) => one.name === 'failure').length);
  expect(Number(suite.attributes['errors'])).toBe(problems(suite).filter((one) => one.name === 'error').length);
  for (const one of cases(suite)) {
    expect(Object.keys(one.attributes)).toEqual(['name', 'classname', 'time']);
    expect(one.attributes['name']).not.toBe('');
    expect(one.children.length).toBeLessThanOrEqual(1);
    for (const problem of one.children) expect(Object.keys(problem.attributes)).toEqual(['message', 'type']);
  }
}

describe('junit.xml', () => {
  it.each([
    ['fail', failing],
    ['pass', passing],
    ['improvement', improving],
    ['inconclusive', undecided],
    ['invalid', unfair],
  ])('of a %s is valid by the schema', (_, story) => {
    expect(suiteOf(story()).name).toBe('testsuite');
    expectSchema(suiteOf(story()));
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
