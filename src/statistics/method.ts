/**
 * Every number of the method, once. The table in docs/method.md has them again, and a test compares the two. This file
 * imports nothing, and every other file may import it.
 */

/**
 * The shortest warm-up before the window of a run: seconds and requests.
 * Source: docs/method.md#step-1-series
 */
export const WARMUP_SECONDS = 60;
export const WARMUP_REQUESTS = 4_500;
/** Least number of readings in a window that passes. Source: docs/method.md#step-1-series */
export const FEWEST_POINTS = 30;
/** Least number of readings in a window that is judged at all. Source: docs/method.md#step-1-series */
export const FEWEST_JUDGED = 12;
/** Each of so many parts of a window with few readings must grow for a FAIL. Source: docs/method.md#step-6-guards */
export const FEW_PARTS = 3;
/** Least number of requests in a planned window. Source: docs/method.md#step-1-series */
export const FEWEST_REQUESTS = 1_000;
/**
 * Least number of answered requests for a slope. The spread floor allows for how little so few requests show.
 * Source: docs/method.md#step-1-series
 */
export const FEWEST_ANSWERED = 30;
/** Least share of the window's seconds with a reading. Source: docs/method.md#step-1-series */
export const FEWEST_READ_SHARE = 0.8;
/** The shortest window that is planned: a shorter one has too few readings. Source: docs/method.md#step-1-series */
export const SHORTEST_WINDOW_SECONDS = 40;
/** A level at the end of a window is the median of this many readings. Source: docs/method.md#step-1-series */
export const EDGE_READINGS = 5;

/** The size of the steps in which an allocator takes memory, bytes. Source: docs/method.md#step-3-spread-and-floor */
export const ALLOCATOR_STEP_BYTES = 65_536;
/**
 * Share of an allocator step in the floor: one step in the middle of the window moves the slope by twice this.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const QUANTUM_SHARE = 0.75;
/** Three quarters of an allocator step, bytes. Source: docs/method.md#step-3-spread-and-floor */
export const ALLOCATOR_QUANTUM_BYTES = QUANTUM_SHARE * ALLOCATOR_STEP_BYTES;
/** Stretches of a window of which each gives its lowest live heap. Source: docs/method.md#step-10-findings */
export const LIVE_STRETCHES = 8;
/**
 * What the lowest live heap may still hold of requests on their way, bytes.
 * Source: docs/method.md#step-10-findings
 */
export const LIVE_QUANTUM_BYTES = 512;
/** Width of the means on which falls are measured, seconds. Source: docs/method.md#step-3-spread-and-floor */
export const FALL_SECONDS = 5;
/**
 * Least number of cycles of a sawtooth in the window. Fewer are a single dip.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const FEWEST_CYCLES = 1.5;
/**
 * A single dip of the baseline does not count if the candidate never falls by more than this share of its growth.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const DIP_SHARE = 0.25;
/**
 * The median gain of so many parts of a window is the growth beside one fall.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const DIP_PARTS = 8;
/**
 * Cycles of both arms cancel if the difference keeps less than this share of their height.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export const CANCELLED_SHARE = 0.25;
/** Most periods of a job that are looked for in a window. Source: docs/method.md#step-3-spread-and-floor */
export const MOST_PERIODS = 6;
/**
 * Readings are rounded if each is a whole multiple of the smallest change, or nearer to one than this share of the
 * change. Source: docs/method.md#step-3-spread-and-floor
 */
export const RESOLUTION_FIT = 0.01;
/**
 * Tools round memory to these units, times these shares. If no reading ever changes, the resolution is the largest of
 * them of which all levels are whole multiples. Source: docs/method.md#step-3-spread-and-floor
 */
export const PRINTED_UNITS: readonly number[] = [1e6, 2 ** 20, 1e9, 2 ** 30];
export const PRINTED_SHARES: readonly number[] = [10, 1, 0.1, 0.01, 0.001];

/**
 * The growth that is accepted if no margin is stated, bytes per request, and the requests per second that a plan
 * assumes. Source: docs/method.md#step-4-bounds
 */
export const DEFAULT_MARGIN = 32;
export const DEFAULT_RATE = 75;
/**
 * The growth with time alone that is accepted if no margin is stated, bytes per hour.
 * Source: docs/method.md#step-16-growth-with-time
 */
export const DEFAULT_HOURLY_MARGIN = 1_048_576;
/**
 * Left out at the start of the idle phase, seconds: after the load, memory is given back or taken for some seconds.
 * Source: docs/method.md#step-16-growth-with-time
 */
export const IDLE_REST_SECONDS = 10;
/**
 * An idle phase that is planned so long shows growth with time, so a PASS needs its readings, seconds.
 * Source: docs/method.md#step-16-growth-with-time
 */
export const LEAST_IDLE_SECONDS = 30;
/**
 * Step term of the floor in the idle phase, bytes: three quarters of four pages. Without requests an allocator needs no
 * large new pieces. Source: docs/method.md#step-16-growth-with-time
 */
export const IDLE_QUANTUM_BYTES = 12_288;
/** Confidence of the intervals in reports. Source: docs/method.md#step-4-bounds */
export const CONFIDENCE = 0.95;
/** One-sided alphas of a false FAIL, a false PASS and a guard's own test. Source: docs/method.md#step-4-bounds */
export const ALPHA_FAIL = 0.01;
export const ALPHA_PASS = 0.05;
export const ALPHA_GUARD = 0.05;

/**
 * Share of alpha at each look, by the number of planned looks. The shares sum to 1, so that the error rates hold
 * however the looks depend on each other. Source: docs/method.md#step-5-looks
 */
export const LOOK_WEIGHTS: Readonly<Record<number, readonly number[]>> = { 1: [1], 2: [0.4, 0.6], 3: [0.2, 0.3, 0.5] };

/** Growth slows down if it keeps less than this share of its earlier pace. Source: docs/method.md#step-6-guards */
export const RHO = 0.8;
/** Bins of the shape fits. A short curve has half as many. Source: docs/method.md#step-6-guards */
export const STEP_BINS = 60;
/**
 * Steady growth: at least this share of the growth is left beside steps or a fill.
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
 * LATE: this many margins must be excluded at the end, if the end probably grows faster than the whole window. Source:
 * docs/method.md#step-6-guards
 */
export const LATE_MARGINS = 2;
/**
 * FILL: the smallest number of readings in the second half of the warm-up for which it is used. Source:
 * docs/method.md#step-6-guards
 */
export const FEWEST_BEFORE = 10;
/**
 * One-sided alpha of tests for what is probable and not sure: growth slows down (FILL, if no longer pair confirms the
 * FAIL), the end grows faster (LATE), a fall slows down (MASKED). Source: docs/method.md#step-6-guards
 */
export const LIKELY_ALPHA = 0.25;
/**
 * FILL: the starts that are tried for a logarithm and for a square root, in windows before this one. Source:
 * docs/method.md#step-6-guards
 */
export const SLOWING_STARTS: readonly number[] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3];
/**
 * FILL: a logarithm or a square root fits about as well as a fill if its residuals are at most this many times larger.
 * Source: docs/method.md#step-6-guards
 */
export const SHAPE_RATIO = 1.5;
/**
 * STEP: two steps count as steps if each is at least this many allocator steps high, and together they leave less than
 * this share of the residuals that a bend leaves. Source: docs/method.md#step-6-guards
 */
export const STEP_QUANTA = 4;
export const STEP_RESIDUAL_SHARE = 0.5;
/**
 * FELL-BACK: the size of a fall, as a share of the window's growth, and the number of falls that make a sawtooth.
 * Source: docs/method.md#step-6-guards
 */
export const FELL_BACK_SHARE = 0.5;
export const FELL_BACK_CYCLES = 2;
/** Falls that are fitted in one window. More of them are a sawtooth. Source: docs/method.md#step-6-guards */
export const MOST_FALLS = 2;
/** Periods of a sawtooth that a verdict needs in the window. Source: docs/method.md#step-6-guards */
export const ENOUGH_PERIODS = 6;

/** Length of the longer pair's window, in windows. Source: docs/method.md#step-7-confirmation */
export const CONFIRMATION_WINDOWS = 3;
/** The longer pair must show this share of the growth that failed. Source: docs/method.md#step-7-confirmation */
export const CONFIRMED_SHARE = 0.6;
/**
 * A fall of more than this share of the window's growth shows that memory is given back. `auto` then runs the longer
 * pair.
 * Source: docs/method.md#step-7-confirmation
 */
export const GIVEN_BACK_SHARE = 0.25;
/** Seconds to start a pair and to remove it. Source: docs/method.md#step-7-confirmation */
export const BRING_UP_SECONDS = 10;

/**
 * Alpha of any false FAIL in a stack: this many times that of one service, and at most this.
 * Source: docs/method.md#step-8-stacks
 */
export const FAMILY_FACTOR = 5;
export const MOST_FAMILY_ALPHA = 0.05;

/**
 * Descriptors, threads and sockets: accepted growth per request, and three quarters of the step of 8 in which pools of
 * connections change. Source: docs/method.md#step-9-counts
 */
export const COUNT_MARGIN = 0.001;
export const COUNT_QUANTUM = 6;

/** The smallest level shift that is reported, bytes. Source: docs/method.md#step-10-findings */
export const SHIFT_BYTES = 8_388_608;

/**
 * Standard errors that the detectable difference adds to the bound.
 * Source: docs/method.md#step-11-detectable-difference
 */
export const DETECTABLE_ERRORS = 0.9;

/**
 * Weighing requests one by one: requests of the first batches, batches that must agree, the most batches of one size,
 * and how often the size is doubled while the answer is open. Source: docs/method.md#step-12-hunt
 */
export const HUNT_BATCH_REQUESTS = 8;
export const HUNT_BATCHES = 4;
export const HUNT_MOST_BATCHES = 12;
export const HUNT_DOUBLINGS = 3;
/**
 * Requests over which growth must go on: a cache with fewer entries is not taken for a leak.
 * Source: docs/method.md#step-12-hunt
 */
export const HUNT_LONG_REQUESTS = 512;
/** Batches agree if the largest step is at most this many times the smallest. Source: docs/method.md#step-12-hunt */
export const HUNT_UNEVENNESS = 2;
/**
 * How far the growth of a batch of twice the size may be from twice the growth, or from the same growth, as a share.
 * Source: docs/method.md#step-12-hunt
 */
export const HUNT_PROPORTION_TOLERANCE = 0.25;
/**
 * A smaller request counts as the same finding if it keeps at least this share of the bytes, and at most their double.
 * Source: docs/method.md#step-12-hunt
 */
export const HUNT_KEPT_SHARE = 0.5;

/**
 * How often the verdict of a run is taken to be wrong in the search for the first bad release: FAIL for a version that
 * does not grow, and PASS for one that does. A scenario that accepts more errors (`gate.alpha`) has its own shares.
 * Source: docs/method.md#step-13-releases
 */
export const BISECT_FALSE_FAIL = 0.01;
export const BISECT_MISSED_FAIL = 0.08;
/** The probability that the first bad release must have. Source: docs/method.md#step-13-releases */
export const BISECT_LEVEL = 0.99;
/** Most runs of a search, with those that existed before. Source: docs/method.md#step-13-releases */
export const BISECT_MOST_RUNS = 40;
/** Runs of one release without a decision, after which it is left alone. Source: docs/method.md#step-13-releases */
export const BISECT_TRIES = 2;

/** Applications of a remedy in a test, and the fewest that decide. Source: docs/method.md#step-14-remedies */
export const REMEDY_APPLICATIONS = 12;
export const REMEDY_FEWEST = 5;
/**
 * What the first applications of a signal or a command leave behind does not count: they may change the size of a
 * process once. Source: docs/method.md#step-14-remedies
 */
export const REMEDY_FIRST = 2;
/**
 * What should build up between two applications, bytes, and the shortest and the longest time from one to the next,
 * seconds. Source: docs/method.md#step-14-remedies
 */
export const REMEDY_CLIMB_BYTES = 2_097_152;
export const REMEDY_SHORTEST_SECONDS = 20;
export const REMEDY_LONGEST_SECONDS = 120;
/**
 * The level after an application is the median of this part of the time until the next one. The level before it is the
 * median of as long a time just before. Source: docs/method.md#step-14-remedies
 */
export const REMEDY_SETTLED = [0.35, 0.65] as const;
/**
 * A remedy helps if it gives back at least this share of what was built up, and there is growth to test it with if this
 * share of the expected growth shows. Source: docs/method.md#step-14-remedies
 */
export const REMEDY_SHARE = 0.5;
/**
 * Levels after restarts do not rise if the upper end of what each leaves is at most this share of what it gives back.
 * Source: docs/method.md#step-14-remedies
 */
export const REMEDY_UNSTEADY_SHARE = 0.25;
/** How long a remedy must last if nothing is stated, seconds: 30 days. Source: docs/method.md#step-14-remedies */
export const REMEDY_SURVIVE_SECONDS = 2_592_000;

/**
 * Beside memory: the share of findings that may be false, over all tests of a run. Each look uses its share of it.
 * Source: docs/method.md#step-15-beside-memory
 */
export const USAGE_FALSE_RATE = 0.05;
/**
 * Processor time: accepted difference, as a share of the baseline's time, and at least this many ms per request.
 * Source: docs/method.md#step-15-beside-memory
 */
export const CPU_MARGIN_SHARE = 0.1;
export const CPU_MARGIN_MS = 0.05;
/**
 * Bytes written to disks or to the log: accepted difference per request.
 * Source: docs/method.md#step-15-beside-memory
 */
export const WRITTEN_MARGIN_BYTES = 16;
/**
 * Latency: accepted difference of the median and of the value that one answer in a hundred exceeds, as a share of the
 * baseline's, and at least this many ms. Source: docs/method.md#step-15-beside-memory
 */
export const MEDIAN_MARGIN_SHARE = 0.1;
export const MEDIAN_MARGIN_MS = 1;
export const TAIL_MARGIN_SHARE = 0.25;
export const TAIL_MARGIN_MS = 5;
/**
 * Smallest spread of a difference beside memory, as a share of its margin.
 * Source: docs/method.md#step-15-beside-memory
 */
export const USAGE_FLOOR_SHARE = 0.2;
