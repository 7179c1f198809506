import type { ComposeModel, ComposeService } from '../compose/model.js';
import type { Change, Refusal } from '../model/index.js';
import type { IsolateOptions } from './types.js';

/** Capabilities with which a container can change the rules of its own network. */
const CHANGES_RULES = ['NET_ADMIN', 'SYS_ADMIN', 'ALL'];

/** What keeps `stack.outbound: none` from being kept: a service that could undo its rules. Pure. */
export function refusedByOutbound({ services }: ComposeModel, { outbound }: IsolateOptions): Refusal[] {
  if (outbound !== 'none') return [];
  return Object.entries(services).flatMap(([name, service]): Refusal[] => {
    const right = rightToChange(service);
    return right === null
      ? []
      : [
          {
            path: `services.${name}.${right.key}`,
            code: 'undoes-outbound-rules',
            facts: { right: right.name },
            allow: null,
            service: name,
          },
        ];
  });
}

/** Where the rules for outgoing connections do not hold for certain. Pure. */
export function tellOfOutbound({ services, networks = {} }: ComposeModel, { outbound }: IsolateOptions): Change[] {
  if (outbound === 'open') return [];
  return [
    ...Object.entries(services).flatMap(([name, service]): Change[] => {
      const right = rightToChange(service);
      return right === null
        ? []
        : [
            {
              path: `services.${name}.${right.key}`,
              code: 'could-undo-outbound-rules',
              facts: { right: right.name },
              mustKnow: true,
            },
          ];
    }),
    ...Object.entries(networks)
      .filter(([, network]) => network?.['enable_ipv6'] === true)
      .map(([key]): Change => ({
        path: `networks.${key}.enable_ipv6`,
        code: 'ipv6-open-at-start',
        facts: {},
        mustKnow: true,
      })),
  ];
}

function rightToChange(service: ComposeService): { readonly key: string; readonly name: string } | null {
  if (service['privileged'] === true) return { key: 'privileged', name: 'privileged' };
  const added = ((service['cap_add'] ?? []) as readonly string[]).map((name) =>
    name.toUpperCase().replace(/^CAP_/, ''),
  );
  const name = added.find((one) => CHANGES_RULES.includes(one));
  return name === undefined ? null : { key: 'cap_add', name };
}
