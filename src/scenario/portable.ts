import { basename, dirname, isAbsolute, relative } from 'node:path';
import {
  maskSecrets,
  maskUser,
  type ArmSettings,
  type BodyTemplate,
  type RequestTemplate,
  type Scenario,
  type TlsSettings,
  type TrafficSource,
} from '../model/index.js';
import { withShownSteps } from './shown-steps.js';

/**
 * The scenario as it is written into a recording. Its paths are relative to its file, as the author stated them. It
 * does not contain the place of the files on this machine.
 */
export function portableScenario(given: Scenario): Scenario {
  const scenario = withShownSteps(given);
  const folder = dirname(scenario.file);
  const short = (path: string): string => (isAbsolute(path) ? relative(folder, path) : path);
  const portable = (arm: ArmSettings): ArmSettings => ({ ...shownArm(arm), compose: arm.compose.map(short) });
  const portableSource = (source: TrafficSource): TrafficSource => {
    if (source.kind === 'library') return source;
    return source.kind === 'corpus'
      ? { ...source, file: short(source.file) }
      : {
          ...source,
          paths: source.paths.map(short),
          ...(source.rules === undefined ? {} : { rules: short(source.rules) }),
        };
  };
  const { mix, journeys, sources, tls } = scenario.traffic;
  const portableRequest = <T extends Pick<RequestTemplate, 'headers' | 'body'>>(request: T): T => ({
    ...shownRequest(request),
    body: withShortFiles(request.body, short),
  });
  const portableTls = (settings: TlsSettings): TlsSettings => ({
    ...settings,
    authority: settings.authority === null ? null : short(settings.authority),
    clientCertificates: settings.clientCertificates.map(({ cert, key }) => ({ cert: short(cert), key: short(key) })),
  });
  return {
    ...scenario,
    file: basename(scenario.file),
    traffic: {
      ...scenario.traffic,
      mix: mix.map(portableRequest),
      ...(journeys && { journeys: journeys.map((one) => ({ ...one, steps: one.steps.map(portableRequest) })) }),
      ...(sources && { sources: sources.map(portableSource) }),
      ...(tls && { tls: portableTls(tls) }),
    },
    arms: { baseline: portable(scenario.arms.baseline), candidate: portable(scenario.arms.candidate) },
  };
}

/** The scenario as it may be shown: values whose names say that they are secrets are masked. */
export function shownScenario(given: Scenario): Scenario {
  const scenario = withShownSteps(given);
  const { arms, traffic } = scenario;
  return {
    ...scenario,
    arms: { baseline: shownArm(arms.baseline), candidate: shownArm(arms.candidate) },
    traffic: {
      ...traffic,
      mix: traffic.mix.map(shownRequest),
      ...(traffic.journeys && {
        journeys: traffic.journeys.map((one) => ({ ...one, steps: one.steps.map(shownRequest) })),
      }),
    },
  };
}

function shownArm(arm: ArmSettings): ArmSettings {
  const { host } = arm;
  return {
    ...arm,
    environment: maskSecrets(arm.environment),
    ...(typeof host === 'string' ? { host: maskUser(host) } : {}),
  };
}

const shownRequest = <T extends Pick<RequestTemplate, 'headers'>>(request: T): T => ({
  ...request,
  headers: maskSecrets(request.headers),
});

function withShortFiles(body: BodyTemplate | null, short: (path: string) => string): BodyTemplate | null {
  if (body?.kind === 'file') return { ...body, file: short(body.file) };
  if (body?.kind !== 'multipart') return body;
  const parts = body.parts.map((part) => (part.file === undefined ? part : { ...part, file: short(part.file) }));
  return { ...body, parts };
}
