import * as z from 'zod';

/** A schema for each key of T; one for an optional key may leave it out, one for another may not. */
type Keys<T> = {
  [K in keyof T]-?: Record<string, never> extends Pick<T, K> ? z.ZodExactOptional<z.ZodType<T[K]>> : z.ZodType<T[K]>;
};

/**
 * The schema of an object with exactly the keys of T: a key that is added to the model and not here is a type error,
 * and a key that a file has and T has not is refused.
 * @example exactly<Endpoint>()({ service: z.string(), port: z.int() })
 */
export function exactly<T>() {
  return <S extends Keys<T>>(shape: S & Record<Exclude<keyof S, keyof T>, never>) => z.strictObject(shape);
}

/** A number that cannot be negative, within what numbers hold exactly. */
export const amount = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
export const positive = z.number().gt(0).max(Number.MAX_SAFE_INTEGER);
export const whole = z.int().min(0);
export const share = z.number().min(0).max(1);
export const texts = z.array(z.string());
export const textByName = z.record(z.string(), z.string());
