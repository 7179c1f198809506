import { h, serialise, type Child } from '../drawing/index.js';
import { oneLine, OUTCOMES, type Rendered } from '../facts/index.js';
import type { Result } from '../results/index.js';
import { attribution } from './attribution.js';
import { contentsOf } from './contents.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { actions, decisions, findings, traffic, validity } from './evidence.js';
import { explanation } from './explanation.js';
import { headline, keyNumbers } from './headline.js';
import { inlineJson } from './inline-json.js';
import { method } from './method.js';
import { phases } from './phases.js';
import { host, scenario, signature, whatRan } from './provenance.js';
import { SCRIPT } from './script/index.js';
import { serviceDetails, unassessed } from './service-details.js';
import { servicesTable } from './services.js';
import { remedies } from './remedies.js';
import { STYLE } from './style.js';
import { trials } from './trials.js';

function head(result: Result): string {
  const { verdict, manifest } = result;
  const parts = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy() }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'generator', content: `slopegate ${result.slopegate}` }),
    h('title', {}, oneLine(`${OUTCOMES[verdict.outcome].word} · ${manifest.scenario.name} · slopegate`)),
  ];
  return parts.map(serialise).join('');
}

function body(result: Result): string {
  // A failed check comes before the numbers, because it makes them useless.
  const unfair = result.verdict.assessment.validity.some((check) => !check.ok);
  const checks = validity(result);
  const parts: readonly Child[] = [
    findings(result),
    servicesTable(result),
    attribution(result),
    serviceDetails(result),
    unassessed(result),
    explanation(result),
    remedies(result),
    unfair ? null : checks,
    decisions(result),
    traffic(result),
    phases(result),
    actions(result),
    trials(result),
    whatRan(result),
    scenario(result),
    host(result),
    method(result),
  ];
  const first = unfair ? checks : null;
  return serialise(
    h('main', {}, headline(result), signature(result), contentsOf([first, ...parts]), first, keyNumbers(result), parts),
  );
}

/**
 * One file that needs nothing else: it has the style, the script and the whole result, and its policy forbids it to
 * load anything.
 */
export function renderHtml(result: Result): Rendered {
  const contents = [
    '<!doctype html>',
    `<html lang="en"><head>${head(result)}<style>${STYLE}</style></head>`,
    `<body class="${result.verdict.outcome}">${body(result)}`,
    `<script type="application/json" id="result">${inlineJson(result)}</script>`,
    `<script>${SCRIPT}</script>`,
    '</body></html>',
  ];
  return { path: 'report.html', contents: `${contents.join('\n')}\n` };
}
