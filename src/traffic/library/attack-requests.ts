import type { AttackClass, TraceRequest } from '../../model/index.js';
import { ATTACK_CLASSES } from '../../model/index.js';
import { buildTrace } from '../build-trace.js';
import type { SentTraffic } from '../request-builder.js';
import { ATTACKS } from './attacks.js';
import { fieldOf, withLibraries } from './with-libraries.js';

/** Every payload of the attack library as one request to the host of the traffic: its class, and its number from 1. */
export function attackRequests(
  traffic: SentTraffic,
): readonly { readonly attack: AttackClass; readonly number: number; readonly request: TraceRequest }[] {
  return ATTACK_CLASSES.flatMap((attack) => {
    const plain = { ...traffic, fields: {}, mix: [], journeys: [], phases: [] };
    const one = withLibraries({
      ...plain,
      sources: [{ kind: 'library', weight: 1, classes: [attack] }],
    });
    return ATTACKS[attack].payloads.map((payload, index) => {
      const fields = { ...one.fields, [fieldOf(attack)]: { kind: 'oneOf', values: [payload] } } as const;
      return {
        attack,
        number: index + 1,
        request: buildTrace({ ...one, fields, sources: [] }, 1).kinds[0] as TraceRequest,
      };
    });
  });
}
