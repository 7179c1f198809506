import { STYLE } from '../page/index.js';

/** The style of the report page, and the marks of this page's pictures. On paper, folded parts are open. */
export const TREND_STYLE = `${STYLE}
.plot .mark { fill: var(--tone); stroke: var(--tone); stroke-width: 1.6; }
.plot .mark.inconclusive { fill: var(--paper); } .plot .mark.invalid { fill: none; stroke-width: 2; }
.plot .version { stroke-width: 1.4; } .plot .version.baseline { fill: var(--paper); }
.plot .version.candidate { fill: var(--candidate); }
.key .glyph { color: var(--tone); margin-right: 0.35em; } .key .glyph.of-baseline { color: var(--baseline); }
.key .glyph.of-candidate { color: var(--candidate); }
.key .swatch.line { border-color: var(--margin); }
.missing { color: var(--soft); } .contradicted { --tone: var(--fail); }
td .runs { display: block; font-size: 0.85em; color: var(--soft); white-space: nowrap; }
@media print { details::details-content { content-visibility: visible; block-size: auto; } }
`;
