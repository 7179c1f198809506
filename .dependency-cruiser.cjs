/** The rooms of docs/architecture.md as lint errors: each room, and what it may import. */
const ROOMS = {
  model: [],
  // What is concluded. The rooms that run a test do not know it.
  results: ['model'],
  words: ['model', 'results'],
  yaml: ['model', 'words'],
  composefile: ['model', 'yaml'],
  schema: ['model', 'words'],
  scenario: ['model', 'words', 'yaml', 'traffic', 'composefile', 'schema'],
  traffic: ['model', 'words'],
  requests: ['model', 'traffic'],
  logfiles: ['model', 'traffic', 'requests'],
  trafficfiles: ['model', 'traffic', 'requests'],
  corpus: ['model', 'traffic', 'requests', 'logfiles', 'trafficfiles'],
  // The digests of what was sent are computed by the same definition as those of what was planned.
  lanes: ['model', 'traffic'],
  replay: ['model', 'traffic', 'lanes'],
  docker: ['model', 'compose'],
  compose: ['model'],
  subnets: ['compose'],
  // The counters of live heap: a library for services, and how its numbers are read.
  lens: ['model', 'compose', 'docker', 'journal'],
  permissions: ['model'],
  hostpaths: ['model', 'compose'],
  // The container that is the host of an arm.
  armhost: ['model', 'compose', 'hostpaths', 'subnets'],
  isolate: ['model', 'compose', 'permissions', 'hostpaths', 'subnets', 'armhost', 'lens'],
  armapi: ['model', 'words'],
  steps: ['model', 'docker', 'compose'],
  arms: [
    'model',
    'words',
    'docker',
    'compose',
    'composefile',
    'hostpaths',
    'subnets',
    'lens',
    'armhost',
    'isolate',
    'steps',
  ],
  stack: [
    'model',
    'words',
    'docker',
    'compose',
    'permissions',
    'subnets',
    'armhost',
    'isolate',
    'armapi',
    'steps',
    'arms',
  ],
  observe: ['model', 'lens'],
  experiment: ['model', 'words', 'stack', 'replay', 'observe'],
  journal: ['model', 'results'],
  recording: ['model', 'results', 'journal'],
  statistics: [],
  guards: ['statistics'],
  procedure: ['statistics', 'guards'],
  // Codes and facts only: src/words puts them into sentences.
  evidence: ['model', 'results', 'statistics', 'procedure'],
  validity: ['model', 'results', 'evidence'],
  findings: ['model', 'results', 'statistics', 'procedure', 'evidence', 'validity'],
  verdict: ['model', 'results', 'statistics', 'guards', 'procedure', 'evidence', 'validity', 'findings'],
  facts: ['model', 'results', 'words'],
  drawing: ['model', 'results', 'words', 'facts'],
  page: ['model', 'results', 'words', 'facts', 'drawing'],
  report: ['model', 'results', 'words', 'facts', 'page'],
  series: ['model', 'words'],
  seriesfiles: ['model', 'series'],
  compare: ['model', 'results', 'words', 'scenario', 'series', 'verdict'],
  planning: ['model', 'schema', 'experiment', 'procedure'],
  calibration: ['model', 'corpus', 'journal', 'evidence'],
  // Every verdict of this machine.
  history: ['model', 'results'],
  // The same as a page.
  trend: ['model', 'results', 'words', 'facts', 'drawing', 'page', 'history'],
  // One file for a whole run.
  bundle: ['model'],
  init: ['model', 'words', 'composefile', 'corpus'],
  // Which requests leave memory behind: shapes, weights and findings. The function that sends is a parameter.
  hunt: ['model', 'traffic'],
  // Addresses of a process of a container → functions, files and packages.
  symbols: [],
  explain: ['model'],
  // A series of releases: their scenarios, the staircase of their growth, the search for the first bad one.
  releases: ['model', 'results', 'statistics'],
  // Which of what differs between two images makes one of them grow.
  narrow: ['model', 'results'],
  // Whether what operators do until a growth is fixed keeps memory below the limit.
  remedy: ['model', 'results', 'statistics'],
  run: [
    'model',
    'bundle',
    'results',
    'words',
    'scenario',
    'traffic',
    'corpus',
    'docker',
    'arms',
    'stack',
    'replay',
    'observe',
    'experiment',
    'journal',
    'recording',
    'evidence',
    'verdict',
    'report',
    'calibration',
    'planning',
    'hunt',
    'lens',
    'symbols',
    'explain',
    'releases',
    'narrow',
    'remedy',
    'facts',
    'validity',
    'findings',
  ],
};

/** Vendor packages, and the only rooms that may use each. */
const VENDORS = {
  commander: ['cli'],
  dockerode: ['docker', 'steps', 'lens', 'arms', 'stack', 'observe'],
  autocannon: ['replay/autocannon'],
  zod: ['bundle', 'schema', 'scenario', 'recording', 'seriesfiles'],
  'csv-parse': ['seriesfiles'],
  yaml: ['yaml', 'trafficfiles'],
  'tar-stream': ['bundle', 'docker', 'stack/fill'],
  'simple-statistics': ['statistics'],
  picocolors: ['cli'],
  undici: ['steps/http-client'],
};

/** Rooms without I/O: tested without Docker, files or clocks. */
const PURE = [
  'model',
  'words',
  'results',
  'statistics',
  'guards',
  'procedure',
  'verdict',
  'facts',
  'drawing',
  'page',
  'trend',
  'report',
  'releases',
  'narrow',
  'remedy',
  'permissions',
  'hostpaths',
  'armhost',
  'isolate',
  'armapi/calls',
  'experiment/plan',
];

/** What every room may use: the constants of docs/method.md, and the mean and the median of numbers. */
const METHOD = '^src/statistics/(method|numbers)\\.ts$';

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment:
    `src/${room} may import ${allowed.length ? allowed.join(', ') : 'no other room'}; ` +
    'what it needs from elsewhere is passed in as a parameter (docs/architecture.md, Rooms).',
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [METHOD, ...[room, ...allowed].map((name) => `^src/${name}/`)] },
}));

const vendorRules = Object.entries(VENDORS).map(([vendor, rooms]) => ({
  name: `vendor-${vendor}`,
  comment:
    `${vendor} has its home in ${rooms.map((room) => `src/${room}`).join(' and ')}; ` +
    'wrap it there behind a plain type.',
  severity: 'error',
  from: { path: '^src/', pathNot: rooms.map((room) => `^src/${room}(/|\\.ts$)`) },
  to: { path: `node_modules/(@types/)?${vendor}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    ...vendorRules,
    {
      name: 'cli-is-the-top',
      comment: 'Nobody imports src/cli: it wires the rooms together and is the only user of process and console.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'pure-rooms-stay-pure',
      comment: `${PURE.join(', ')} compute values from values: no files, processes or network.`,
      severity: 'error',
      from: { path: PURE.map((room) => `^src/${room}(/|\\.ts$)`) },
      to: { dependencyTypes: ['core'], pathNot: ['^(node:)?(buffer|crypto)$'] },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means two files are one thing, or one of them is in the wrong room.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
