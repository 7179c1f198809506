import { relative } from 'node:path';
import { corpusText, requestText, scenarioText, type Found } from '../hunt/index.js';
import { MASKED, type HuntFinding, type Scenario } from '../model/index.js';

interface FileSettings {
  readonly scenario: Scenario;
  readonly directory: string;
  readonly secrets: readonly string[];
}

/** The files of the findings. Secrets of the scenario are masked wherever they would be written. */
export function filesOf(found: readonly Found[], { scenario, directory, secrets }: FileSettings) {
  const masked = (text: string): string => secrets.reduce((all, secret) => all.replaceAll(secret, MASKED), text);
  const isWritten = (scenario.traffic.phases ?? []).length === 0;
  const files = found.flatMap(({ request, row }, index) => {
    const number = index + 1;
    const corpus = `found-${number}.corpus`;
    const path = relative(directory, scenario.file);
    if (!isWritten) return [];
    return [
      { path: corpus, contents: masked(corpusText(request)) },
      {
        path: `found-${number}.yaml`,
        contents: scenarioText({ scenario: scenario.name, path, corpus, number, row }),
      },
    ];
  });
  const findings = found.map(({ row, request, bytes, per, trials, alike }, index): HuntFinding => ({
    shape: row.shape,
    request: masked(requestText(request)),
    bytes,
    per,
    trials,
    alike,
    scenario: isWritten ? `found-${index + 1}.yaml` : null,
  }));
  return { files, findings };
}
