// Writes schemas/: JSON Schemas of the documents that slopegate prints, made from their TypeScript types.
// Usage: node scripts/write-schemas.mjs [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaOfType } from './json-schema-of-type.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DOCUMENTS = [
  { file: 'src/results/result.ts', type: 'Result', name: 'result-4', title: 'result.json of a run of slopegate' },
  { file: 'src/results/narrow.ts', type: 'NarrowResult', name: 'narrow-1', title: 'narrow.json of slopegate narrow' },
  { file: 'src/results/remedy.ts', type: 'RemedyTests', name: 'remedy-1', title: 'remedy.json of slopegate remedy' },
  {
    file: 'src/results/explanation.ts',
    type: 'Explanation',
    name: 'explain-1',
    title: 'explanation.json of slopegate explain',
  },
  {
    file: 'src/model/error-document.ts',
    type: 'ErrorDocument',
    name: 'error-1',
    title: 'The error of a slopegate command with --json',
  },
];

const folder = process.argv[2] ?? join(ROOT, 'schemas');
mkdirSync(folder, { recursive: true });
for (const { file, type, name, title } of DOCUMENTS) {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:slopegate:${name}`,
    title,
    ...schemaOfType(join(ROOT, file), type),
  };
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 1)}\n`);
}
