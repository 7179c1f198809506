export const CALIBRATION_SCHEMA = 'slopegate.calibration/1';

/** How much the slopes of two equal versions differed with windows of this length. */
export interface ScatterPoint {
  readonly seconds: number;
  /** Requests in such a window. */
  readonly requests: number;
  /** Standard deviation of candidate − baseline over the replicates, bytes per request. */
  readonly deviation: number;
  /** The differences, one per replicate. */
  readonly differences: readonly number[];
}

/** The noise of one scenario on one host, from runs with the same version on both arms. */
export interface Calibration {
  readonly schema: typeof CALIBRATION_SCHEMA;
  /** Digest of the host and of everything in the scenario that influences the noise. */
  readonly key: string;
  readonly madeAt: string;
  readonly runId: string;
  readonly scenario: string;
  readonly replicates: number;
  /** Content digests of the baseline's images by service. Another image is another baseline. */
  readonly images: Readonly<Record<string, string>>;
  /** Judged role → scatter by length of the window, shortest first. */
  readonly scatter: Readonly<Record<string, readonly ScatterPoint[]>>;
}

/** Whether the containers run exactly the images that were calibrated. */
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
