import { readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { isRemote, profilesOf, readStack, startedServices, type ReadStack } from '../composefile/index.js';
import { SlopegateError, type Context } from '../model/index.js';
import { understand, type Understood } from './understand.js';
import { quoted, splitImage, versionsOfBuild, versionsOfImage, type VersionedArms } from './versions.js';

/** The user's own stack, ready to be written into a scenario. */
export interface OwnStack {
  readonly understood: Understood;
  readonly versions: VersionedArms;
  /** Compose files, absolute. Those of `files` are made beside the scenario. */
  readonly compose: readonly string[];
  /** Files to write beside the scenario: name → text. */
  readonly files: Readonly<Record<string, string>>;
  /** What the user gave: compose files, a Dockerfile, an image. */
  readonly from: readonly string[];
  /** Things that were not understood. */
  readonly doubts: readonly string[];
}

const ARGUMENT = /^\s*ARG\s+(\w*(?:VERSION|TAG|RELEASE)\w*)/im;
const EXPOSED = /^\s*EXPOSE\s+(\d+)/im;

/** Reads compose files as they are, with their required variables. @throws SlopegateError COMPOSE_CONFIG */
export async function stackOfCompose(files: readonly string[], { env }: Context): Promise<OwnStack> {
  const [file = ''] = files;
  const filled = await readStack(files, {}, env);
  // Variables stay as they are written, so that one can see which of them names the version.
  const raw = await readStack(files, Object.fromEntries(filled.variables.map((name) => [name, `\${${name}}`])), {});
  refuseFaults(files, raw);
  const started = startedServices(filled);
  const understood = understand(raw.services ?? {}, Object.keys(started));
  if (understood === null)
    throw new SlopegateError('USAGE', `${file}: found no service that accepts HTTP traffic`, {
      hint:
        (raw.partial ? 'files that it includes or extends are not read here: ' : '') +
        'publish the port where traffic enters (ports: ["8080:80"]), or write stack.entry ' +
        'yourself: docs/scenario.md',
    });
  const { waf, entry } = understood;
  const profiles = Object.hasOwn(started, waf.name) ? [] : profilesOf(filled.services?.[waf.name] ?? {});
  const doubts = [
    ...(raw.partial ? ['the file includes or extends other files, which were not read'] : []),
    ...(waf.ports.length === 0 ? [`the port: ${waf.name} publishes none, so ${entry.port} is a guess`] : []),
    ...(profiles.length === 0
      ? []
      : [
          `the profile: ${waf.name} is not started without one: ` +
            `write COMPOSE_PROFILES: ${profiles[0]} into environment of both arms`,
        ]),
  ];
  if (waf.image === null) return withBuild(files, understood, doubts);
  const image = filled.services?.[waf.name]?.['image'];
  const versions = versionsOfImage(waf.image, typeof image === 'string' ? image : '');
  return { understood, versions, compose: files, files: {}, from: files, doubts };
}

function refuseFaults(files: readonly string[], { faults, services }: ReadStack): void {
  const told = faults.map(({ index, fault }) =>
    fault.place === null ? { ...fault, message: `${files[index] ?? ''}: ${fault.message}` } : fault,
  );
  const [first] = told;
  if (first !== undefined)
    throw new SlopegateError('COMPOSE_CONFIG', first.message, {
      faults: told.map((fault) => ({ ...fault, code: 'COMPOSE_CONFIG', severity: 'error' })),
    });
  if (services === null || Object.keys(services).length === 0)
    throw new SlopegateError('COMPOSE_CONFIG', `${files.join(', ')}: there are no services`, {
      location: files[0] ?? '',
    });
}

/** If the service is built, a build argument of its Dockerfile gives the version. */
async function withBuild(
  files: readonly string[],
  understood: Understood,
  doubts: readonly string[],
): Promise<OwnStack> {
  const [file = ''] = files;
  const { waf } = understood;
  if (waf.build === null)
    throw new SlopegateError('USAGE', `${file}: ${waf.name} has neither an image nor a build`, {
      hint:
        'files that it includes or extends are not read here: write its image into this file, or write the scenario ' +
        'yourself: docs/scenario.md',
      location: file,
    });
  const { context = '.', dockerfile = 'Dockerfile' } = waf.build;
  if (isRemote(context))
    throw new SlopegateError('USAGE', `${file}: ${waf.name} is built from ${context}, which is not read here`, {
      hint: 'write the scenario yourself, with the version in environment: docs/scenario.md',
      location: file,
    });
  const path = join(file, '..', context, dockerfile);
  const argument = argumentOf(await readFile(path, 'utf8').catch(() => ''), path);
  return {
    understood,
    versions: versionsOfBuild(waf.name, argument),
    compose: [...files, 'versions.yml'],
    files: {
      'versions.yml': `# Which version is built: the scenario sets VERSION in each arm.
services:
  ${quoted(waf.name)}:
    build: { args: { ${argument}: "\${VERSION}" } }
`,
    },
    from: files,
    doubts,
  };
}

function argumentOf(text: string, path: string): string {
  const [, argument] = ARGUMENT.exec(text) ?? [];
  if (argument !== undefined) return argument;
  throw new SlopegateError('USAGE', `${path} has no build argument for the version`, {
    hint: 'add "ARG VERSION" and use it, for example FROM acme/waf:${VERSION}; then run init again',
    location: path,
  });
}

/** A folder with only a Dockerfile. @throws SlopegateError USAGE if it names no version or no port */
export async function stackOfDockerfile(file: string, folder: string): Promise<OwnStack> {
  const text = await readFile(file, 'utf8');
  const argument = argumentOf(text, file);
  const port = Number(EXPOSED.exec(text)?.[1] ?? 8080);
  const context = relative(folder, join(file, '..')) || '.';
  return {
    understood: {
      waf: { name: 'waf', image: null, build: { context }, product: null, ports: [port] },
      entry: { service: 'waf', port },
      others: [],
      because: `${basename(file)} builds it`,
    },
    versions: versionsOfBuild('waf', argument),
    compose: ['compose.yml'],
    files: {
      'compose.yml': `services:
  waf:
    build: { context: ${quoted(context)}, args: { ${argument}: "\${VERSION}" } }
    ports: ["${port}"]
`,
    },
    from: [file],
    doubts: EXPOSED.test(text) ? [] : ['the port: the Dockerfile exposes none, so 8080 is used'],
  };
}

/** Two images and nothing else. */
export function stackOfImage(image: string): OwnStack {
  const { name } = splitImage(image);
  const understood = understand({ waf: { image: name } }, ['waf']) ?? { entry: { service: 'waf', port: 80 } };
  return {
    understood: {
      waf: { name: 'waf', image: name, build: null, product: null, ports: [] },
      entry: understood.entry,
      others: [],
      because: 'you named this image',
    },
    versions: { ...versionsOfImage(name, name), today: null },
    compose: ['compose.yml'],
    files: {
      'compose.yml': `services:\n  waf:\n    image: ${quoted(name)}\n    ports: ["${understood.entry.port}"]\n`,
    },
    from: [name],
    doubts: [
      `the port: ${understood.entry.port} is a guess, see the page of the image`,
      'the address of the backend: set it in compose.yml as the image needs it',
    ],
  };
}

/** The first of these files in a folder; null if there is none. */
export async function findFile(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names)
    if ((await stat(join(folder, name)).catch(() => null))?.isFile() === true) return join(folder, name);
  return null;
}
