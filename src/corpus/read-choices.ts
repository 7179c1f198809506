import { choiceTime, logFieldsOf, type LabelPart, type StatedChoices } from '../model/index.js';
import type { ImportOptions } from './import-traffic.js';

type Chosen = Pick<
  ImportOptions,
  'host' | 'onlyHost' | 'labelBy' | 'logFormat' | 'logFields' | 'from' | 'to' | 'exact' | 'strict' | 'mask' | 'keep'
>;

/** The meaning of the choices on a command line or in a scenario, which `choiceFaults` has checked. */
export function readChoices(stated: StatedChoices): Chosen {
  return {
    host: stated.host ?? null,
    onlyHost: stated.onlyHost ?? [],
    labelBy: (stated.labelBy ?? []) as readonly LabelPart[],
    logFormat: stated.logFormat ?? null,
    logFields: logFieldsOf(stated),
    from: choiceTime(stated.from),
    to: choiceTime(stated.to),
    exact: stated.exact ?? false,
    strict: stated.strict ?? false,
    mask: stated.mask ?? [],
    keep: stated.keep ?? [],
  };
}
