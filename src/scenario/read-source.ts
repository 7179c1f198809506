import { dirname, resolve } from 'node:path';
import { SlopegateError, type InputFault } from '../model/index.js';
import { parseYaml, readText, withFaults, type FileText, type YamlSource } from '../yaml/index.js';
import { absolutePaths, extendsOf, mergeSources } from './extends.js';

/** A scenario file over the files it extends. @throws SlopegateError SCENARIO_UNREADABLE for the file itself */
export async function readSource(file: string): Promise<YamlSource> {
  return readOver(sourceOf(await read(file), file), file, [file]);
}

/** The same for a text that is not in a file. Its paths are relative to `folder`. */
export async function sourceOfText(text: FileText, name: string, folder: string): Promise<YamlSource> {
  return readOver(sourceOf(text, name, folder), resolve(folder, name), []);
}

/** The source of one file, without the files that it extends. */
export function sourceOf(text: FileText, file: string, folder = dirname(file)): YamlSource {
  if ('fault' in text) return withFaults(parseYaml('', file, 'SCENARIO_SYNTAX'), [text.fault]);
  return absolutePaths(parseYaml(text.text, file, 'SCENARIO_SYNTAX'), folder);
}

async function readOver(source: YamlSource, file: string, files: readonly string[]): Promise<YamlSource> {
  const parent = extendsOf(source);
  if (parent === null) return source;
  const place = source.place(['extends']);
  const wrong = (fault: Pick<InputFault, 'code' | 'kind' | 'message' | 'hint'>): YamlSource =>
    withFaults({ ...source, value: null }, [{ ...fault, severity: 'error', place }]);
  const parentFile = resolve(dirname(file), parent);
  if (files.includes(parentFile))
    return wrong({
      code: 'SCENARIO_INVALID',
      kind: 'extends-circle',
      message: `extends: ${parent} extends this file too`,
      hint: 'two scenarios cannot extend each other',
    });
  let text: FileText;
  try {
    text = await read(parentFile);
  } catch (error) {
    const why = error instanceof SlopegateError && error.reason !== null ? `: ${error.reason}` : '';
    return wrong({
      code: 'SCENARIO_UNREADABLE',
      kind: 'file-unreadable',
      message: `extends: cannot read ${parent}${why}`,
      hint: `the path is relative to the folder of ${place.file}`,
    });
  }
  return mergeSources(source, await readOver(sourceOf(text, parentFile), parentFile, [...files, parentFile]));
}

async function read(file: string): Promise<FileText> {
  return readText(file, 'SCENARIO_SYNTAX').catch((cause: unknown) => {
    throw new SlopegateError('SCENARIO_UNREADABLE', `cannot read the scenario ${file}`, {
      cause,
      hint: 'give the path of a scenario YAML file; "slopegate init" writes one',
    });
  });
}
