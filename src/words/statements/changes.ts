import type { ChangeFacts, UnknownFacts } from '../../model/index.js';
import { memory } from '../numbers.js';
import type { Sentences } from './sentences.js';

/** What is changed in an arm, or what its author must know. The place of the change comes before. */
export const CHANGES: Sentences<ChangeFacts> = {
  'service-omitted': () => 'removed, as the scenario says',
  'link-removed': ({ service }) => `the link to ${service} is removed, because ${service} is removed`,
  'name-removed': ({ name }) => `${name} removed: two arms cannot share a name`,
  'name-kept-in-network': ({ name }) =>
    `${name} removed: two arms cannot share a name; the other services still find it by that name`,
  'found-as-in-production': ({ names }) => `is found as ${names.join(' and ')}, as in production`,
  'labels-removed': () =>
    "removed: a production service that reads Docker's labels could use the arm; the arm's own Docker API shows them",

  'moved-with-subnet': () => 'changed together with its subnet',
  'subnet-moved': ({ from, to }) => `${from} moved to ${to}, which is free here`,
  'subnet-removed': ({ subnet, replacement }) =>
    `${subnet} removed: it is too large to be moved; ${replacement ?? 'Docker chooses another'} replaces it`,
  'address-moved': ({ address, to }) => `static address ${address} moved to ${to}`,
  'address-removed': ({ address }) => `static address ${address} removed: its subnet does not belong to the arm`,
  'default-bridge-replaced': () => "the bridge that all containers share is replaced by the arm's own",
  'driver-replaced': ({ driver }) => `${driver} replaced by bridge: the arm uses no other network`,
  'driver-option-removed': ({ option }) => `${option} removed: it could open the arm to the outside`,
  'bridge-name-removed': ({ name }) => `bridge interface ${name} removed: two arms cannot share a name`,
  'default-network-added': () => 'default added: its own networks are internal, and slopegate must reach its port',
  'external-network-replaced': ({ name }) => `external ${name} replaced by one of the arm's own`,
  'port-moved': ({ port, address }) => `${port} moved to a free port on ${address}`,
  'port-not-published': ({ port }) => `${port} not published`,

  'host-network-replaced': () =>
    "the host's network is replaced by that of the arm's own host, which its services share",
  'host-port-leads': ({ port, protocol, service, target }) =>
    `port ${port}/${protocol} of the arm's own host leads to ${service}:${target}`,
  'names-host-address': ({ address }) =>
    `names the host by ${address}, an address that the arm's own host does not have: connections there are refused`,
  'names-unpublished-port': ({ port, name }) =>
    `names port ${port} of the host (${name}), which no service publishes: nothing answers in the arm`,
  'names-lost-address': ({ address }) =>
    `names ${address}, an address of a subnet that is too large to be moved: the arm has no such address`,

  'restarts-while-starting': () => 'allowed while the arm starts, then turned off: under load it is a finding',
  'health-while-starting': () => 'runs only while the container starts: repeated checks disturb the memory readings',
  'health-off': () => 'turned off: it disturbs the memory readings; slopegate checks from outside',
  'waits-for-start': () =>
    'waits for the start only: with this engine, health checks cannot be stopped after the start',
  'limit-replaced': () => "replaced by the scenario's limit, which is equal on both arms",
  'log-kept-here': ({ driver }) => `${driver} replaced by json-file: the logs of the arm stay here`,
  'annotations-removed': () =>
    'removed: the runtime of the host acts on some of them, and no service of the arm can read them',
  'cgroup-parent-removed': () => 'removed: the container would count as part of another group',
  'cpuset-removed': () =>
    'removed: both arms and production would share those processors; stack.limits.cpus limits both arms alike',
  'oom-kill-allowed': () =>
    'removed: the host must be able to end it, and a container that runs out of memory is a finding',
  'oom-priority-removed': () => 'removed: the host would end other processes instead',
  'shared-memory-own': () => "the host's shared memory is replaced by the arm's own",
  'shared-memory-of': ({ service }) => `the host's shared memory is replaced by that of ${service}`,
  'lens-preloaded': ({ library, others }) =>
    `preloads ${library}${others === '' ? '' : `, before ${others}`}: the lens counts the live heap ` +
    '(observe.lens). Both arms have it',
  'node-hook-preloaded': ({ hook, others }) =>
    `preloads ${hook}${others === '' ? '' : `, before ${others}`}: programs of Node.js answer how much memory their ` +
    'objects take. Both arms have it',

  'build-repeats-address': () =>
    'repeats an address of a moved subnet, and an image is built once for both arms: ' +
    'let the service read it from the environment',
  'build-on-host-network': () =>
    "the build uses the host's network, so its commands can reach the servers of this host",
  'build-uses-keys': () => 'the commands of the build can use ssh keys of this user',
  'could-undo-outbound-rules': ({ right }) =>
    `with ${right} the container could undo the rules that keep the load inside its arm`,
  'ipv6-open-at-start': () =>
    'between the start of a container and its rules, the container could reach outside by IPv6 for a moment',

  'mount-omitted': ({ target }) => `${target} is not mounted, as the scenario says`,
  'mount-made-by-docker': ({ source, target }) =>
    `${source} is not mounted: on the arm's own network Docker makes ${target}, ` +
    'and services find each other through it',
  'daemon-replaced': ({ source, service }) =>
    `in place of ${source} ${service} gets a Docker API of the arm's own: it shows and touches the arm's ` +
    'containers alone, under the names of the compose file, and refuses to create, to remove and to pull',
  'shared-with-host': ({ source }) => `${source} is shared with the host and the other arm`,
  'shared-read-only': ({ source }) => `${source} is shared with the host and the other arm, read only`,
  'shared-shows-host': ({ source, path }) => `below ${source} the service sees the host's ${path}, not the arm's copy`,
  'shared-logs-of-host': ({ source }) =>
    `${source} has files that servers of the host write: it shows requests of production, not those of the test`,
  'begins-empty': ({ source, elsewhere }) =>
    `${source} ${elsewhere ? 'is not on this machine' : 'does not exist'}: the arm starts with an empty folder`,
  copied: ({ source, bytes, copyOf, readOnly }) =>
    `${source} is copied to a volume of the arm${bytes === null ? '' : ` (${memory(bytes)})`}` +
    `${copyOf === null ? '' : `, with the copy of ${copyOf}`}${readOnly ? ', read only' : ''}`,
  'copy-large': ({ source, bytes }) => `${source} is large: ${memory(bytes)} are copied for each arm in every trial`,
  'copy-size-unknown': ({ source }) => `${source} was not read completely: its size is not known`,
  'copy-of-database': ({ source, database }) =>
    `${source} has the files of a running ${database}: a copy that is made while it writes may not start`,
  'volume-folder-missing': ({ folder }) =>
    `stood for ${folder}, which does not exist; the arm starts with an empty volume`,
  'volume-folder-shared': ({ folder }) => `stands for ${folder}, which is shared with the host and the other arm`,
  'external-volume-copied': ({ name }) => `external ${name} replaced by one of the arm's own with a copy of it`,
};

/** What the author can do about a change. */
export const CHANGE_FIXES: Partial<Sentences<ChangeFacts>> = {
  'names-host-address': () => 'for the test, name the service that is meant, or host.docker.internal',
  'names-unpublished-port': () =>
    'if the test needs what listens there in production, make it a service of the compose file',
  'names-lost-address': () => 'for the test, write the name of the service instead, or use a smaller subnet',
  'build-on-host-network': () => 'remove build.network in another compose file for the test',
  'could-undo-outbound-rules': ({ right }) =>
    `if the test does not need it, remove ${right} in another compose file for the test`,
  'ipv6-open-at-start': () => 'if the test does not need IPv6, turn it off in another compose file for the test',
  'copy-large': () => 'mount a smaller folder, in another compose file for the test',
  'copy-of-database': () => 'stop that server, or mount a backup that it made itself',
};

/** What is not known of an arm that is only shown. */
export const UNKNOWNS: Sentences<UnknownFacts> = {
  'daemon-silent': () =>
    'The Docker daemon does not answer, so it is not known which subnets are free and which images are here.',
  'images-absent': ({ services }) =>
    `These images are not here yet, so their ids are not known: the images of ${services.join(', ')}.`,
  'files-not-read': () =>
    'Files that the compose files include or extend were not read: what differs in them is not listed.',
  'images-by-name': () =>
    'Without Docker, images are compared by their names: "slopegate stack diff" also compares what is in them.',
};
