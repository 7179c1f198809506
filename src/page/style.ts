/**
 * The page's style. Two colours tell the versions apart (Okabe–Ito, safe for colour-blind readers); dashes and words
 * say it again.
 */
export const STYLE = String.raw`
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f6f7f9; --ink: #1b1f24; --soft: #57606a; --rule: #d8dee4;
  --baseline: #0067a3; --candidate: #c24e00; --difference: #5f3dc4; --margin: #b42318; --allowed: #1a7f3720;
    --window: #8899aa24;
  --pass: #146c2e; --fail: #b42318; --inconclusive: #8a5300; --invalid: #6b3fa0; --changed: #fff4d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --panel: #1d2127; --ink: #e8eaed; --soft: #a3adb8; --rule: #343b44;
    --baseline: #62b5ee; --candidate: #ff9a4d; --difference: #b9a3ff; --margin: #ff8a80; --allowed: #4cc26a26;
      --window: #aabbcc1f;
    --pass: #5fd07f; --fail: #ff8a80; --inconclusive: #f2b84b; --invalid: #c9a6ff; --changed: #3a3118;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
main { max-width: 1280px; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, h4, p, dl, dd, ul, figure { margin: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -0.01em; margin-bottom: 0.75rem; }
h3 { font-size: 1.1rem; margin: 1.6rem 0 0.4rem; overflow-wrap: anywhere; }
article h3 { margin-top: 0; }
h4 { font-size: 0.95rem; margin: 1.5rem 0 0.5rem; }
h4:not(.label)::first-letter { text-transform: uppercase; }
section { margin-top: 3rem; }
a { color: inherit; text-underline-offset: 0.2em; text-decoration-color: var(--soft); }
code { font: 0.85em/1.4 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
p, li, dd, dt, td, th { overflow-wrap: break-word; }
.note { color: var(--soft); font-size: 0.9rem; max-width: 60rem; margin-bottom: 0.75rem; }
.prose { max-width: 52rem; margin-bottom: 0.8rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.product { color: var(--soft); font-size: 0.85rem; letter-spacing: 0.02em; margin-bottom: 0.5rem; }
.page .arms { margin: 0.4rem 0 0.2rem; font-size: 1.05rem; }
.arm { font-weight: 600; overflow-wrap: anywhere; }
.arm.baseline { color: var(--baseline); } .arm.candidate { color: var(--candidate); }
.arrow { color: var(--soft); }

.verdict { margin-top: 1.5rem; padding: 1.5rem 1.75rem 1.6rem; background: var(--panel);
  border-left: 8px solid var(--tone); border-radius: 4px; }
.verdict .outlook .key { margin-top: 0; }
.verdict .outlook .note { margin: 0.3rem 0 0; }
.verdict .outlook { margin-top: 1rem; }
@media (min-width: 1000px) {
  .verdict .outlook { margin-top: 0; }
  .verdict:has(.outlook) { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: 1.5rem 2rem; }
}
.pass { --tone: var(--pass); } .fail { --tone: var(--fail); } .inconclusive { --tone: var(--inconclusive); }
  .invalid { --tone: var(--invalid); }
.warn { --tone: var(--inconclusive); } .info { --tone: var(--soft); }
.word { color: var(--tone); font-size: clamp(2.4rem, 9vw, 3.6rem); font-weight: 800; line-height: 1;
  letter-spacing: -0.02em; }
.sentence { font-size: 1.3rem; line-height: 1.4; margin-top: 0.8rem; max-width: 58rem; overflow-wrap: anywhere; }
.meaning { color: var(--soft); margin-top: 0.6rem; max-width: 62rem; }
.advice { margin-top: 1rem; max-width: 62rem; }
.expectation { color: var(--soft); font-size: 0.9rem; margin-top: 0.6rem; }

.contents { margin-top: 1rem; color: var(--soft); font-size: 0.9rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; list-style: none; padding: 0; }
.contents a { display: inline-block; padding: 0.15rem 0; min-height: 24px; }
.self { color: var(--soft); text-decoration: none; font-weight: 400; margin-left: 0.4em; opacity: 0.55; }
.self:hover, .self:focus-visible { opacity: 1; }

#numbers { margin-top: 1.75rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 10.2rem), 1fr)); gap: 1px; }
.tile { box-shadow: 0 0 0 1px var(--rule); padding: 0.9rem 1rem 1rem;
  border-top: 3px solid var(--accent, transparent); }
.tile.baseline { --accent: var(--baseline); } .tile.candidate { --accent: var(--candidate); } .tile.difference {
  --accent: var(--difference); }
.tile dt { font-size: 0.82rem; color: var(--soft); }
.tile .value { font-size: 1.5rem; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em;
  font-variant-numeric: tabular-nums; }
.tile .detail { font-size: 0.82rem; line-height: 1.4; color: var(--soft); margin-top: 0.2rem; }

.badge { display: inline-block; padding: 0.05em 0.6em 0.1em; border: 1.5px solid var(--tone);
  border-radius: 2em; color: var(--tone); font-size: 0.82rem; font-weight: 650; white-space: nowrap;
  vertical-align: middle; }
.scroll { overflow-x: auto; margin: 0.5rem 0 1rem; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.45rem 0.9rem 0.45rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: 0.5rem; }
thead th { color: var(--soft); font-weight: 500; font-size: 0.85rem; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 7rem; max-width: 20rem; overflow-wrap: break-word; }
.number { text-align: right; white-space: nowrap; }
.below { display: block; color: var(--soft); font-size: 0.85em; }
tr.changed > * { background: var(--changed); }
tr.unjudged > * { color: var(--soft); }

.findings, .checks, .guards { list-style: none; padding: 0; }
.findings li { border-left: 4px solid var(--tone); padding: 0.35rem 0 0.35rem 0.9rem; margin-bottom: 0.6rem;
  max-width: 66rem; overflow-wrap: anywhere; }
.severity { color: var(--tone); font-weight: 700; font-size: 0.85rem; }
.severity::after { content: ' ·'; }
.hint { color: var(--soft); }
.checks li { padding: 0.3rem 0; max-width: 60rem; overflow-wrap: anywhere; }
.checks .mark { display: inline-block; min-width: 4.6em; font-weight: 650; color: var(--pass); }
.checks .bad .mark { color: var(--fail); }
.checks code { color: var(--soft); }
.guards li { margin: 0.4rem 0; }

.service { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
.service.folded { margin-top: 0; padding-top: 0.4rem; padding-bottom: 0.4rem; }
.service.folded details { margin-top: 0; }
.service:first-of-type { border-top: 0; padding-top: 0; }
.pair, .multiples { display: grid; gap: 1rem 2rem; }
.pair { grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); margin-top: 1rem;
  align-items: start; }
.multiples { grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.pair figure { max-width: 30rem; }
.longer { margin-top: 1.5rem; } .longer .multiples { max-width: 30rem; grid-template-columns: 1fr; }
figcaption { font-size: 0.88rem; font-weight: 600; margin-bottom: 0.2rem; overflow-wrap: anywhere; }
.plot { display: block; width: 100%; height: auto; font: 12px system-ui, 'Liberation Sans', sans-serif;
  touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.plot line, .plot path, .plot polygon { vector-effect: non-scaling-stroke; }
.plot.zoomed > .grid, .plot.zoomed > .tick, .plot.zoomed > path.axis, .plot.zoomed .name, .plot.zoomed .full,
  .plot.zoomed text.phase { display: none; }
.plot line.cross { stroke: var(--ink); stroke-width: 1; } .plot circle.cross { fill: var(--ink); }
.plot .drag { fill: var(--ink); opacity: 0.15; }
figure { position: relative; }
.tools { position: absolute; right: 0; top: -0.3rem; display: flex; gap: 0.25rem; }
.tools button { font: inherit; font-size: 0.8rem; min-width: 1.9rem; min-height: 1.6rem; color: var(--ink);
  background: var(--panel); border: 1px solid var(--soft); border-radius: 3px; cursor: pointer; }
.filter input { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft);
  border-radius: 3px; padding: 0.15rem 0.4rem; }
.filter { margin-bottom: 0.75rem; }
[hidden] { display: none !important; }
.plot text { fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .strong { fill: var(--ink); font-weight: 650; }
.plot .end { text-anchor: end; } .plot .middle { text-anchor: middle; }
.plot .unit { font-size: 0.95em; }
.plot .grid { stroke: var(--rule); fill: none; } .plot .axis, .plot .zero { stroke: var(--soft); fill: none; }
.plot .window { fill: var(--window); } .plot .allowed { fill: var(--allowed); }
.plot .action { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 1 3; }
.plot line.phase { stroke: var(--soft); } .plot text.phase { font-size: 10px; }
.plot .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.plot .baseline { stroke: var(--baseline); } .plot .candidate { stroke: var(--candidate); } .plot .difference {
  stroke: var(--difference); }
.plot .line.difference { stroke-width: 1.3; opacity: 0.75; }
.plot .line.candidate { stroke-dasharray: 7 3; }
.plot .fit { stroke-width: 1.6; stroke-dasharray: 5 4; }
.plot .fit.baseline, .plot .fit.candidate { stroke: var(--ink); stroke-width: 1.4; stroke-dasharray: 1.5 4; }
.plot .name { font-size: 11px; font-weight: 650; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.plot .name.of-baseline { fill: var(--baseline); } .plot .name.of-candidate { fill: var(--candidate); }
.plot .ceiling { stroke: var(--ink); stroke-width: 1.6; stroke-dasharray: 9 3 2 3; }
.plot line.full { stroke: var(--soft); } .plot circle.full { fill: var(--margin); }
.plot .margin { stroke: var(--margin); stroke-width: 1.8; }
.plot .dot { fill: var(--difference); } .plot .diamond { fill: var(--ink); }
.plot .whisker { stroke: var(--ink); stroke-width: 1.8; } .plot .whisker.bounds { stroke: var(--soft); }
.key { font-size: 0.82rem; color: var(--soft); margin: 0.3rem 0 0; }
.key span { white-space: nowrap; margin-right: 1.1em; }
.key .swatch { display: inline-block; width: 1.4em; height: 0; margin: 0 0.4em 0 0; vertical-align: 0.28em;
  border-top: 3px solid var(--soft); }
.key .baseline { border-color: var(--baseline); } .key .candidate { border-color: var(--candidate); }
  .key .difference { border-color: var(--difference); }
.key .candidate { border-top-style: dashed; } .key .dashed { border-top: 2px dashed var(--difference); }
.key .dotted { border-top: 2px dotted var(--ink); }
.key .action { width: 0; height: 0.9em; border: 0; border-left: 2px dotted var(--soft); vertical-align: -0.1em; }
.key .phase { width: 0; height: 0.9em; border: 0; border-left: 1px solid var(--soft); vertical-align: -0.1em; }
.key .window, .key .allowed { height: 0.9em; border: 1px solid var(--rule); vertical-align: -0.1em; }
.key .window { background: var(--window); } .key .allowed { background: var(--allowed);
  border-right: 2px solid var(--margin); }

pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.82rem; }
details { margin-top: 1rem; }
summary { cursor: pointer; color: var(--soft); font-size: 0.92rem; overflow-wrap: anywhere; }
summary:hover { color: var(--ink); }
details[open] > summary { margin-bottom: 0.6rem; }
:focus-visible { outline: 2px solid var(--baseline); outline-offset: 2px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
  gap: 0.8rem 2rem; margin-top: 0.8rem; }
.facts dt, .glossary dt { font-size: 0.85rem; color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.facts + ul { margin-top: 1.2rem; padding-left: 1.2rem; max-width: 66rem; }
.glossary div { max-width: 44rem; margin-bottom: 0.5rem; }
.glossary dt { color: var(--ink); font-weight: 600; }
.tip { position: fixed; z-index: 1; pointer-events: none; background: var(--ink); color: var(--paper);
  font-size: 0.82rem; line-height: 1.45; padding: 0.4rem 0.6rem; border-radius: 3px;
  font-variant-numeric: tabular-nums; }
.tip[hidden], .signature { display: none; }

@media (max-width: 560px) {
  main { padding: 1.25rem 1rem 3rem; }
  .verdict { padding: 1.1rem 1.1rem 1.2rem; }
  .sentence { font-size: 1.12rem; }
  section { margin-top: 2.25rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tile .value { font-size: 1.25rem; }
  .plot { font-size: 13px; }
  .cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; max-width: none; }
  .cards thead { display: none; }
  .cards tr { padding: 0.6rem 0; border-bottom: 1px solid var(--rule); }
  .cards th, .cards td { border: 0; padding: 0.15rem 0.5rem; }
  .cards td { display: flex; justify-content: space-between; gap: 0 1rem; flex-wrap: wrap; }
  .cards td::before { content: attr(data-title); color: var(--soft); }
  .cards .below { flex-basis: 100%; text-align: right; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --panel: #f6f7f9; --ink: #000; --soft: #444; --rule: #bbb;
    --baseline: #0067a3; --candidate: #c24e00; --difference: #5f3dc4; --margin: #b42318; --pass: #146c2e;
    --fail: #b42318; --inconclusive: #8a5300; --invalid: #6b3fa0; --changed: #fff4d6; --allowed: #1a7f3720;
    --window: #8899aa24; }
  @page { margin: 14mm; }
  body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { margin-top: 1.6rem; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  .number { white-space: normal; }
  .pair { grid-template-columns: 1fr 1fr; } .multiples { grid-template-columns: repeat(3, 1fr); gap: 0.8rem 1rem; }
  .multiples .plot { font-size: 15px; }
  figure, tr, .tile, .verdict, li { break-inside: avoid; }
  h2, h3, h4, summary, figcaption { break-after: avoid; }
  .signature { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5rem; break-inside: avoid; }
  .signature .signed { grid-column: 1 / -1; font-weight: 600; }
  .signature .blank { border-top: 1px solid var(--ink); padding-top: 0.2rem; margin-top: 2rem; font-size: 8.5pt; }
  .verdict:has(.outlook) { display: grid; grid-template-columns: minmax(0, 1fr) 7cm; gap: 1rem; }
  .verdict .outlook { margin-top: 0; } .word { font-size: 2.2rem; } .sentence { font-size: 1.1rem; }
  .contents, .self, .tools, .filter, .tip { display: none; }
}
`;
