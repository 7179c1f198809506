import * as z from 'zod';
import { MOST_BYTES, MOST_REQUESTS, MOST_SECONDS } from '../../journal/largest.js';

/** Numbers of a recording within possible limits. */
export const seconds = z.number().min(0).max(MOST_SECONDS);
export const requests = z.int().min(0).max(MOST_REQUESTS);
export const bytes = z.number().min(0).max(MOST_BYTES);
/** A time since a trial began. What happened before it has a negative time. */
export const moment = z.number().min(-MOST_SECONDS).max(MOST_SECONDS);
