/**
 * Every number of the method, once. Each is stated again in the table of docs/method.md, and a test holds the two
 * together. This file imports nothing and every room may import it.
 */

/**
 * Warm-up that is left out of a run's window, at least so long and so many requests.
 * Source: docs/method.md#step-1-series
 */
export const WARMUP_SECONDS = 60;
export const WARMUP_REQUESTS = 4_500;
/** Readings that a window needs. Source: docs/method.md#step-1-series */
export const FEWEST_POINTS = 30;
/** Requests that a planned window needs. Source: docs/method.md#step-1-series */
export const FEWEST_REQUESTS = 1_000;
/**
 * Requests along which a slope can be drawn. Whether they tell enough, the floor of the spread says.
 * Source: docs/method.md#step-1-series
 */
export const FEWEST_ANSWERED = 30;
/** Share of the window's seconds that must have a reading. Source: docs/method.md#step-1-series */
export const FEWEST_READ_SHARE = 0.8;
/** The shortest window that is planned: fewer seconds hold too few readings. Source: docs/method.md#step-1-series */
export const SHORTEST_WINDOW_SECONDS = 40;
/** Readings at each end of a window that a level is the median of. Source: docs/method.md#step-1-series */
export const EDGE_READINGS = 5;

/** The size of the steps in which an allocator takes memory, bytes. Source: docs/method.md#step-3-spread-and-floor */
export const ALLOCATOR_STEP_BYTES = 65_536;
/**
 * Share of a step that the floor takes: one step in the middle of the window moves the slope by twice this.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const QUANTUM_SHARE = 0.75;
/** Three quarters of an allocator step, bytes. Source: docs/method.md#step-3-spread-and-floor */
export const ALLOCATOR_QUANTUM_BYTES = QUANTUM_SHARE * ALLOCATOR_STEP_BYTES;
/** Width of the means on which falls are measured, seconds. Source: docs/method.md#step-3-spread-and-floor */
export const FALL_SECONDS = 5;
/**
 * Teeth of a sawtooth come again: so many in the window, or it is one dip.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const SEEN_TWICE = 1.5;
/**
 * One dip of the baseline does not count beside a candidate that never falls by more than this share of its growth.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const DIP_SHARE = 0.25;
/**
 * Readings are taken to be rounded where none is further from a whole multiple of the smallest change than this share
 * of it. Source: docs/method.md#step-3-spread-and-floor
 */
export const RESOLUTION_FIT = 0.01;

/**
 * The growth that is accepted where nobody states one, bytes per request, and the requests per second that a plan
 * assumes. Source: docs/method.md#step-4-bounds
 */
export const DEFAULT_MARGIN = 32;
export const DEFAULT_RATE = 75;
/** Confidence of the intervals that are shown. Source: docs/method.md#step-4-bounds */
export const CONFIDENCE = 0.95;
/** One-sided alphas of a false FAIL, a false PASS and a guard's own test. Source: docs/method.md#step-4-bounds */
export const ALPHA_FAIL = 0.01;
export const ALPHA_PASS = 0.05;
export const ALPHA_GUARD = 0.05;

/**
 * Share of alpha at each look, by the number of looks planned. The shares sum to 1, so that the error rates hold
 * whatever the correlation between looks. Source: docs/method.md#step-5-looks
 */
export const LOOK_WEIGHTS: Readonly<Record<number, readonly number[]>> = { 1: [1], 2: [0.4, 0.6], 3: [0.2, 0.3, 0.5] };

/** Growth that keeps less than this share of its earlier pace slows down. Source: docs/method.md#step-6-guards */
export const RHO = 0.8;
/** Bins of the shape fits; a short curve has half as many. Source: docs/method.md#step-6-guards */
export const STEP_BINS = 60;
/**
 * Share of the growth that must be left beside steps or a fill, or it is not steady growth.
 * Source: docs/method.md#step-6-guards
 */
export const STEADY_SHARE = 0.5;
/**
 * LATE and FILL look at the last 1/n of the window alone, for each of these n.
 * Source: docs/method.md#step-6-guards
 */
export const LATE_PARTS: readonly number[] = [3, 5];
export const STOP_PARTS: readonly number[] = [5, 10, 20];
/**
 * FILL: the one-sided alpha at which a growth that nothing confirms slows down. Source: docs/method.md#step-6-guards
 */
export const SLOWING_ALPHA = 0.25;
/** FILL: where a logarithm is taken to have begun, in windows before this one. Source: docs/method.md#step-6-guards */
export const LOG_STARTS: readonly number[] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3];
/**
 * FILL: a logarithm fits about as well as a fill where it leaves at most this many times the residuals.
 * Source: docs/method.md#step-6-guards
 */
export const SHAPE_RATIO = 1.5;
/**
 * STEP: two steps are taken for steps where each is as high as so many allocator steps and together they leave less
 * than this share of the residuals that a bend leaves. Source: docs/method.md#step-6-guards
 */
export const STEP_QUANTA = 4;
export const STEP_RESIDUAL_SHARE = 0.5;
/**
 * FELL-BACK: a fall of this share of the window's growth could take the growth back, unless falls were seen so often.
 * Source: docs/method.md#step-6-guards
 */
export const FELL_BACK_SHARE = 0.5;
export const FELL_BACK_TEETH = 2;
/** Periods of a sawtooth that a window must hold to decide. Source: docs/method.md#step-6-guards */
export const ENOUGH_PERIODS = 6;

/** Length of the confirming window, in windows. Source: docs/method.md#step-7-confirmation */
export const CONFIRMATION_WINDOWS = 3;
/** A confirming pair must show this share of the growth that failed. Source: docs/method.md#step-7-confirmation */
export const CONFIRMED_SHARE = 0.6;
/**
 * A fall of this share of the window's growth says that memory comes back: then `auto` asks for the longer pair.
 * Source: docs/method.md#step-7-confirmation
 */
export const TELLING_FALL_SHARE = 0.25;
/** Seconds to bring a pair up and take it down again. Source: docs/method.md#step-7-confirmation */
export const BRING_UP_SECONDS = 10;

/**
 * Alpha of any false FAIL in a stack: so many times that of one service, but never more than this.
 * Source: docs/method.md#step-8-stacks
 */
export const FAMILY_FACTOR = 5;
export const MOST_FAMILY_ALPHA = 0.05;

/**
 * Descriptors, threads and sockets: accepted growth per request, and three quarters of the step of 8 in which pools of
 * connections come and go. Source: docs/method.md#step-9-counts
 */
export const COUNT_MARGIN = 0.001;
export const COUNT_QUANTUM = 6;

/** A level shift that is reported, bytes. Source: docs/method.md#step-10-findings */
export const SHIFT_BYTES = 8_388_608;

/**
 * Standard errors beyond the bound that the detectable difference adds.
 * Source: docs/method.md#step-11-detectable-difference
 */
export const DETECTABLE_ERRORS = 0.9;
