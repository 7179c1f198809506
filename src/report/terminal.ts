import {
  actionSentence,
  advice,
  aligned,
  armDifferencesSentence,
  assessmentName,
  blameSentences,
  calibrationSentence,
  clip,
  COLUMN_GAP,
  confirmation,
  decisiveService,
  detectableWords,
  extentWords,
  grownParts,
  isRecorded,
  NOT_KNOWN,
  oneLine,
  OUTCOMES,
  phaseSentence,
  projectionUnlessFound,
  remainingFaults,
  remainingFindings,
  sortedServices,
  table,
  timeSentences,
  widthOf,
  wrap,
} from '../facts/index.js';
import { ARMS, type Outcome } from '../model/index.js';
import type { Result, WordedFinding, WordedService } from '../results/index.js';
import { estimate, growth, perWhat } from '../words/growth.js';

export interface TerminalOptions {
  readonly colour: boolean;
  readonly width: number;
}

const COLOURS: Readonly<Record<Outcome, number>> = { pass: 32, fail: 31, inconclusive: 33, invalid: 35 };

function paint(text: string, code: number, colour: boolean): string {
  return colour ? `\u001B[1;${code}m${text}\u001B[0m` : text;
}

/** Column of the verdict in a row. */
const VERDICT_COLUMN = 1;
const HEAD = ['service', 'verdict', 'baseline', 'candidate', 'difference', 'interval'];
/**
 * If names would be cut shorter than this, the growth of each arm is left out first. Difference and interval stay,
 * because they were judged.
 */
const NAME_ROOM = 24;

function cells(service: WordedService): readonly string[] {
  const arms = ARMS.map((arm) => {
    const mean = service.growth[arm];
    return mean === null ? '—' : estimate(mean, service.unit).value;
  });
  const { difference } = service;
  const text = difference === null ? null : estimate(difference, service.unit);
  return [
    oneLine(assessmentName(service)),
    OUTCOMES[service.outcome].word.toLowerCase(),
    ...arms,
    text?.value ?? '—',
    text?.interval ?? 'not measured',
  ];
}

/** Cells of equal width in each column, as wide as possible. */
function fit(rows: readonly (readonly string[])[], width: number): readonly (readonly string[])[] {
  const names = Math.max(...rows.map(([name = '']) => widthOf(name)));
  const rest = table(rows.map(([, ...others]) => ['', ...others]));
  const room = width - Math.max(...rest.map(widthOf));
  if (room < Math.min(names, NAME_ROOM) && (rows[0]?.length ?? 0) > 4)
    return fit(
      rows.map((row) => row.filter((_, column) => column !== 2 && column !== 3)),
      width,
    );
  return aligned(rows.map(([name = '', ...others]) => [clip(name, Math.max(8, room)), ...others]));
}

const lineOf = (cells: readonly string[]): string => `  ${cells.join(COLUMN_GAP)}`.trimEnd();

function serviceTable(result: Result, { colour, width }: TerminalOptions): readonly string[] {
  const services = sortedServices(result).filter((service) => service.judged);
  if (services.length === 0) return ['  No service was judged.'];
  const [head = [], ...rows] = fit([HEAD, ...services.map(cells)], width - 2);
  return [
    lineOf(head),
    ...rows.map((cells, index) => {
      const outcome = services[index]?.outcome;
      // The verdict is coloured after alignment, because escape codes have no width.
      const painted = cells.map((cell, column) =>
        column === VERDICT_COLUMN && outcome !== undefined ? paint(cell, COLOURS[outcome], colour) : cell,
      );
      return lineOf(painted);
    }),
  ];
}

const SEVERITIES: Readonly<Record<WordedFinding['severity'], string>> = {
  info: 'note',
  warn: 'warning',
  fail: 'fails',
};

function problems(result: Result, width: number): readonly string[] {
  const items = [
    ...remainingFaults(result).map((check) => check.sentence),
    ...remainingFindings(result).map(
      (finding) =>
        `${SEVERITIES[finding.severity]}: ${[finding.sentence, finding.hint].filter((one) => one !== null).join(' ')}`,
    ),
  ];
  return items.length === 0 ? [] : ['', ...items.flatMap((item) => wrap(oneLine(item), width, '  - ', '    '))];
}

/** The last output of `slopegate run`: the verdict, its numbers, and what to do. */
export function renderTerminal(result: Result, options: TerminalOptions): string {
  const {
    manifest: { scenario },
    verdict,
  } = result;
  const { colour, width } = options;
  const { word } = OUTCOMES[verdict.outcome];
  const decisive = decisiveService(result);
  const confirmed = confirmation(result);
  const phased = phaseSentence(result);
  const acted = actionSentence(result);
  const blamed = blameSentences(result);
  const calibrated = calibrationSentence(result);
  const differing = armDifferencesSentence(result);
  const say = (text: string): readonly string[] => wrap(oneLine(text), width, '  ', '  ');
  const numbers =
    decisive === null || verdict.outcome === 'invalid'
      ? []
      : [
          `Growth ${perWhat(decisive.unit)}; margin ${growth(decisive.margin, decisive.unit)}.` +
            ` ${detectableWords(decisive)}`,
          projectionUnlessFound(result, decisive),
        ];
  const lines = [
    `${paint(word, COLOURS[verdict.outcome], colour)}  ${clip(oneLine(scenario.name), width - word.length - 2)}`,
    '',
    ...say(verdict.sentence),
    '',
    ...ARMS.flatMap((arm) => wrap(oneLine(scenario.arms[arm].label), width, `  ${arm.padEnd(9)}  `, ' '.repeat(13))),
    ...(differing === null ? [] : say(differing)),
    '',
    ...serviceTable(result, options),
    '',
    ...(verdict.outcome === 'invalid' ? say('The comparison is not valid: do not use these numbers.') : []),
    ...numbers.flatMap((text) => (text === null ? [] : say(text))),
    ...timeSentences(result, sortedServices(result)).flatMap(say),
    ...grownParts(result).flatMap(say),
    ...say(`From ${extentWords(result)}${isRecorded(result) ? `; ${NOT_KNOWN}` : ''}.`),
    ...(phased === null ? [] : say(phased)),
    ...(acted === null ? [] : say(acted)),
    ...(confirmed === null ? [] : say(confirmed)),
    ...(calibrated === null ? [] : say(calibrated)),
    ...problems(result, width),
    ...(blamed.length === 0 ? [] : ['', ...blamed.flatMap((text) => wrap(oneLine(text), width, '  - ', '    '))]),
    '',
    ...wrap(oneLine(advice(verdict)), width, '  What to do: ', '  '),
  ];
  return `${lines.join('\n')}\n`;
}
