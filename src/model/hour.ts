/** Seconds of an hour: growth with time alone is told per hour. */
export const HOUR_SECONDS = 3600;
