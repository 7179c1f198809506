import { access } from 'node:fs/promises';
import type { InputFault } from '../model/index.js';
import type { YamlSource } from '../yaml/index.js';
import type { Sections } from './inspect.js';
import { faultOf, type Problem } from './problem.js';

/** Whether the files of recorded traffic are there, and may be read. What is in them is read later. */
export async function checkSources({ traffic }: Sections, source: YamlSource): Promise<readonly InputFault[]> {
  const named = (traffic?.sources ?? []).flatMap((one, number): { path: PropertyKey[]; file: string }[] => {
    const at = ['traffic', 'sources', number];
    if (one.kind === 'corpus') return [{ path: [...at, 'corpus'], file: one.file }];
    return one.kind === 'import' ? one.paths.map((file, n) => ({ path: [...at, 'paths', n], file })) : [];
  });
  const problems = await Promise.all(
    named.map(async ({ path, file }): Promise<Problem[]> => {
      const failure = await access(file).then(
        () => null,
        ({ code }: NodeJS.ErrnoException) => (code === 'ENOENT' ? 'there is no such file' : 'it cannot be read'),
      );
      if (failure === null) return [];
      const hint = 'the path is relative to the folder of the scenario file';
      return [{ kind: 'source-missing', path, code: 'TRAFFIC_INVALID', message: `${file}: ${failure}`, hint }];
    }),
  );
  return problems.flat().map((problem) => faultOf(problem, source));
}
