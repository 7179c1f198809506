/** A service and its port inside the container. */
export interface Endpoint {
  readonly service: string;
  readonly port: number;
}

/**
 * One thing done to an arm, between the start of its containers and the readiness probe, or under load. Texts may
 * contain `{{name}}` for a value that an earlier step captured, and `${env:NAME}` for a secret from the environment.
 * Both are filled in when the step runs, and are never written down.
 */
export type Step = StepCommon &
  (
    | { readonly kind: 'healthy'; readonly service: string }
    | { readonly kind: 'port'; readonly endpoint: Endpoint }
    | { readonly kind: 'log'; readonly service: string; readonly pattern: string }
    | { readonly kind: 'answer'; readonly request: StepRequest }
    | {
        readonly kind: 'exec';
        readonly service: string;
        readonly command: readonly string[];
        readonly user: string | null;
        readonly capture: Captures;
      }
    | { readonly kind: 'signal'; readonly service: string; readonly signal: string }
    /** Only the test of a remedy does this: in a scenario, a container that ends counts against the version. */
    | { readonly kind: 'restart'; readonly service: string }
    | { readonly kind: 'http'; readonly request: StepRequest; readonly capture: Captures; readonly repeat: number }
  );

/** @public The emitted types of the schema name it. */
export interface StepCommon {
  /** The name for people; made from the step if the scenario does not give one. */
  readonly name: string;
  readonly timeoutSeconds: number;
}

export interface StepRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: StepBody | null;
  /** The status that is a success; null for any from 200 to 299. */
  readonly status: number | null;
  /** A regular expression that the answer's body must match. */
  readonly match: string | null;
}

export type StepBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'raw'; readonly text: string };

/**
 * Name → place of the value: `$.data.jwt` in a JSON body, `header:location`, `cookie:sid`, or a regular expression
 * (its first group is the value).
 */
export type Captures = Readonly<Record<string, string>>;
