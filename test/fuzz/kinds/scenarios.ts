import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { damagedText } from '../damage/text.js';
import type { FuzzKind } from '../input.js';

const SCENARIOS = ['leak.yaml', 'same.yaml', 'descriptors.yaml', 'reload.yaml', 'lenient.yaml'];
const BESIDE = ['compose.yml', 'nginx.yml', 'nginx.conf', 'waf.pl'];

/** @param root the repository's folder */
export function scenarios(root: string): FuzzKind {
  const read = (name: string): string => readFileSync(join(root, 'test/fixtures/scenarios', name), 'utf8');
  const files = new Map([...SCENARIOS, ...BESIDE].map((name) => [name, read(name)]));
  return {
    name: 'scenarios',
    make: (random) => {
      const scenario = random.pick(SCENARIOS);
      const name = random.oneIn(4) ? random.pick(['compose.yml', 'nginx.yml']) : scenario;
      const { text, way } = damagedText(files.get(name)!, random);
      return {
        files: new Map([...files, [name, text]]),
        run: { as: 'command', argv: ['validate', scenario] },
        mayPass: true,
        way: name === scenario ? `scenario: ${way}` : `compose file: ${way}`,
      };
    },
  };
}
