/**
 * Every failure that a user can meet: a stable code, a sentence, a cause and a hint. One table maps codes to exit
 * codes. `test/model/errors.test.ts` compares the table with the documentation.
 */
export const EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  inconclusive: 3,
  invalid: 4,
  environment: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const ERROR_EXITS = {
  USAGE: EXIT.usage,
  SCENARIO_UNREADABLE: EXIT.usage,
  SCENARIO_SYNTAX: EXIT.usage,
  SCENARIO_INVALID: EXIT.usage,
  TRAFFIC_INVALID: EXIT.usage,
  TARGET_REFUSED: EXIT.usage,
  SERIES_INVALID: EXIT.usage,
  RUN_UNREADABLE: EXIT.usage,
  RESUME_REFUSED: EXIT.usage,
  MERGE_REFUSED: EXIT.usage,
  BISECT_REFUSED: EXIT.usage,
  NARROW_REFUSED: EXIT.usage,
  REMEDY_REFUSED: EXIT.usage,
  BUNDLE_INVALID: EXIT.usage,
  DOCKER_UNREACHABLE: EXIT.environment,
  COMPOSE_MISSING: EXIT.environment,
  COMPOSE_CONFIG: EXIT.usage,
  STACK_REFUSED: EXIT.usage,
  ARMS_ALIKE: EXIT.usage,
  HOSTS_UNLIKE: EXIT.usage,
  IMAGE_MISSING: EXIT.environment,
  BUILD_FAILED: EXIT.environment,
  START_FAILED: EXIT.environment,
  PORT_TAKEN: EXIT.environment,
  SUBNET_TAKEN: EXIT.environment,
  NOT_READY: EXIT.environment,
  STEP_FAILED: EXIT.environment,
  OBSERVE_FAILED: EXIT.environment,
  REPLAY_FAILED: EXIT.invalid,
  TOO_LATE: EXIT.invalid,
  RATE_TOO_HIGH: EXIT.invalid,
  NOT_ISOLATED: EXIT.invalid,
  DISK: EXIT.environment,
  INTERRUPTED: EXIT.interrupted,
  INTERNAL: EXIT.environment,
} as const satisfies Record<string, ExitCode>;
export type ErrorCode = keyof typeof ERROR_EXITS;
