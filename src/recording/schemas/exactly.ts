import * as z from 'zod';

/** A schema for each key of T. For an optional key the schema may be missing. */
type Keys<T> = {
  [K in keyof T]-?: Record<string, never> extends Pick<T, K> ? z.ZodExactOptional<z.ZodType<T[K]>> : z.ZodType<T[K]>;
};

/**
 * The schema of an object with exactly the keys of T. A key that is in the model and not here is a type error. A key
 * that is in a file and not in T is refused.
 * @example exactly<Endpoint>()({ service: z.string(), port: z.int() })
 */
export function exactly<T>() {
  return <S extends Keys<T>>(shape: S & Record<Exclude<keyof S, keyof T>, never>) => z.strictObject(shape);
}

/** A number that cannot be negative, and is small enough to be exact. */
export const amount = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
export const positive = z.number().gt(0).max(Number.MAX_SAFE_INTEGER);
export const whole = z.int().min(0);
export const share = z.number().min(0).max(1);
export const texts = z.array(z.string());
export const textByName = z.record(z.string(), z.string());
