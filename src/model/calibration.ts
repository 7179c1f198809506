export const CALIBRATION_SCHEMA = 'slopegate.calibration/1';

/** How far the slopes of two equal versions came out apart, with windows of this length. */
export interface ScatterPoint {
  readonly seconds: number;
  /** Requests in such a window. */
  readonly requests: number;
  /** Standard deviation of candidate − baseline over the replicates, bytes per request. */
  readonly deviation: number;
  /** The differences themselves, one a replicate. */
  readonly differences: readonly number[];
}

/** What runs of the same version twice said of the noise of one scenario on one host. */
export interface Calibration {
  readonly schema: typeof CALIBRATION_SCHEMA;
  /** Digest of the host and of everything in the scenario that makes its noise. */
  readonly key: string;
  readonly madeAt: string;
  readonly runId: string;
  readonly scenario: string;
  readonly replicates: number;
  /** Content digests of the baseline's images by service: another image is another baseline. */
  readonly images: Readonly<Record<string, string>>;
  /** Judged role → scatter by length of the window, shortest first. */
  readonly scatter: Readonly<Record<string, readonly ScatterPoint[]>>;
}

/** Whether containers run the very images that were calibrated. */
export function sameImages(
  { images }: Pick<Calibration, 'images'>,
  containers: readonly { readonly service: string; readonly imageId: string }[],
): boolean {
  return (
    containers.length > 0 &&
    containers.every(({ service, imageId }) => images[service] === imageId) &&
    Object.keys(images).every((service) => containers.some((one) => one.service === service))
  );
}
