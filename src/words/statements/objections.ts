import type { ObjectionFacts, SubpathNeed } from '../../model/index.js';
import type { Sentences } from './sentences.js';

const BOTH_WRITE = 'which both arms would write to';
const BOTH_USE = 'which both arms and production would use';
const OUTSIDE = 'does not belong to the arm';

/** Why a part of a compose model is refused. The place of the part comes before. */
export const OBJECTIONS: Sentences<ObjectionFacts> = {
  'key-unknown': () => 'slopegate does not know this key, so it cannot tell if the key reaches out of the arm',
  'mount-kind-unknown': ({ type }) =>
    `slopegate does not know mounts of the kind ${type}, so it cannot keep them the same in every trial`,
  'option-unknown': ({ option }) => `slopegate does not know the option ${option}`,
  'needs-swarm': () => 'needs a swarm, and an arm is not a swarm',
  'build-changes-host': () => 'lets the build change the host',
  'build-all-rights': () => 'gives the build all rights on the host',
  'build-joins-network': ({ network }) => `the build joins ${network}, which ${OUTSIDE}`,
  'devices-taken': () => `takes devices of the host, ${BOTH_USE}`,
  'device-rules': () => 'opens devices of the host to the container',
  'graphics-cards': () => `takes graphics cards of the host, ${BOTH_USE}`,
  'device-of-host': ({ device }) => `${device} is a device of the host, ${BOTH_USE}`,
  'joins-host': ({ namespace }) => `joins the ${NAMESPACES[namespace]} of the host`,
  'joins-foreign': ({ mode }) => `${mode} joins something that ${OUTSIDE}`,
  'joins-foreign-container': ({ mode }) => `${mode} joins a container that ${OUTSIDE}`,
  'joins-foreign-network': ({ network }) => `joins the network ${network}, which ${OUTSIDE}`,
  'foreign-volumes': ({ source }) => `${source} uses the volumes of a container that ${OUTSIDE}`,
  'foreign-container': ({ container }) => `${container} is a container that ${OUTSIDE}`,
  'security-option': ({ option }) => `${shortened(option)} may take away the protection of the host from the container`,
  'host-setting': ({ setting }) => `${setting} is a setting of the whole host`,
  'hook-all-rights': () => 'runs a command with all rights on the host',
  capability: ({ capability }) => `${capability} lets the container change the host`,
  'processor-time': () => 'takes processor time of the host before all others',
  'all-rights': () => 'gives the container all rights on the host',
  'other-runtime': ({ runtime }) =>
    `${runtime} is another runtime, which may give devices of the host to the container`,
  'daemon-given': () => "gives the container the host's Docker daemon",

  'mount-kind': ({ type }) => `${type} is a kind of mount that an arm cannot have for itself`,
  'mount-daemon': (facts) => `${sourceWords(facts)} ${GIVES_DAEMON}`,
  'mount-daemon-far': (facts) =>
    `${sourceWords(facts)} ${GIVES_DAEMON}; ` +
    "an API of the arm's own needs a daemon that is reached by a socket of this machine",
  'mount-secrets': (facts) => `${sourceWords(facts)} has passwords or keys of the host`,
  'mount-host-part': (facts) => `${sourceWords(facts)} is a part of the host that shows what is not the arm's`,
  'mount-host-writable': (facts) => `${sourceWords(facts)} is a part of the host that the container could write to`,
  'mount-of-server': ({ source, kind }) => `${source} is a ${kind} of a server on this host`,
  'mount-with-sockets': ({ source, found }) =>
    `${source} has ${found.join(', ')}: a socket, pipe or device of a server on this host`,
  'mount-not-on-this-machine': ({ source }) => `${source} is not on this machine, and the daemon runs on another one`,
  'mount-must-exist': ({ source }) => `${source} does not exist, but the compose file says that it must`,
  'mount-file-missing': ({ source }) =>
    `${source} does not exist: Docker would create an empty folder instead of a file`,
  'mount-needs-engine-26': ({ source, why }) => `${source} ${SUBPATH_NEEDS[why]}: this needs Docker Engine 26`,
  'volume-plugin': ({ driver }) => `is storage of the plugin ${driver}, ${BOTH_WRITE}`,
  'volume-on-network': () => 'is network storage, to which both arms would write',
  'volume-of-host': ({ device, type }) => `stands for ${device} (${type || 'no type'}) of the host, ${BOTH_WRITE}`,
  'volume-not-folder': ({ source, kind }) => `${source} is a ${kind}, not a folder`,
  'external-volume-missing': ({ volume }) => `the external volume ${volume}, which is to be copied, does not exist`,

  'name-taken': () => 'slopegate gives this name to a container of its own: give the service another name',
  'ports-open': ({ address }) => `would be published on ${address}, for everyone who reaches that address`,
  'subnet-not-movable': ({ subnet }) =>
    `${subnet} cannot be moved: it is not a subnet, or no subnet of its size is free`,
  'build-reads-host': ({ source }) =>
    `${source} is a part of the host that belongs to no stack, and the build would read it`,
  'needs-omitted': ({ service, needs }) =>
    `${service} cannot start without ${needs}, which the scenario omits: omit ${service} too`,
  'undoes-outbound-rules': ({ right }) => `with ${right} the container could undo the rules of stack.outbound: none`,
};

const GIVES_DAEMON = "gives the container the host's Docker daemon, and so every other container, also of production";

const NAMESPACES: Readonly<Record<ObjectionFacts['joins-host']['namespace'], string>> = {
  cgroup: 'control groups',
  ipc: 'shared memory',
  pid: 'processes',
  userns: 'user ids',
  uts: 'name',
};

const SUBPATH_NEEDS: Readonly<Record<SubpathNeed, string>> = {
  'part-of-folder': 'is a part of a copied folder',
  'read-only-root': 'is copied under a read-only root',
  'under-tmpfs': 'is copied under a tmpfs',
  'file-of-several-services': 'is one file for several services',
};

function sourceWords({ source, leadsTo }: ObjectionFacts['mount-daemon']): string {
  return leadsTo === null ? source : `${source} leads to ${leadsTo}, which`;
}

/** A profile may be a whole file, written into the option. */
function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
