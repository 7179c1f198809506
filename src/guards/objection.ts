import type { Plateau } from '../statistics/estimators/fill-fit.js';

/** Why the bounds of a look do not decide, with the numbers behind it. Slopes in y units per x unit. */
export type Objection =
  | {
      /** Steps explain the slope. */
      readonly code: 'STEP';
      /** How many steps each curve was fitted with. */
      readonly steps: 1 | 2;
      /** Mean height of all steps of a curve together, y units. */
      readonly height: number;
      readonly slopeBeside: number;
      /** Where each curve has its first step, x units. */
      readonly at: readonly number[];
    }
  | {
      /** Growth slows down: it may be approaching a plateau. */
      readonly code: 'FILL';
      /**
       * What fits: an exponential; a logarithm or a square root, which have no end; or a ramp that has stopped.
       */
      readonly shape: 'exponential' | 'endless' | 'stopped';
      readonly before: number;
      readonly after: number;
      /** `after` is the growth of the last 1/parts of the window. */
      readonly parts: number;
      readonly slopeBeside: number;
      readonly plateau: Plateau;
    }
  | {
      /** Memory fell back since the load began: its collector is slower than the window. */
      readonly code: 'FELL-BACK';
      /** Typical fall since the load began, y units. */
      readonly height: number;
    }
  | {
      /** The baseline gives memory back, and the candidate itself does not surely grow. */
      readonly code: 'BASELINE-FALLS';
      readonly baseline: number;
      readonly candidate: number;
      /** The candidate surely grows by more than this. */
      readonly candidateLower: number;
    }
  | {
      /** The end of the window alone grows by more than the margin, surely or possibly. */
      readonly code: 'LATE';
      /** The last 1/parts of the window. */
      readonly parts: number;
      readonly growth: number;
      /** It surely grows by more than `lower` and by less than `upper`. */
      readonly lower: number;
      readonly upper: number;
    }
  | {
      /** Memory that is given back may hide growth. */
      readonly code: 'MASKED';
      /** Growth in the first and in the last third. */
      readonly first: number;
      readonly last: number;
      /** Growth that may remain when nothing more is given back; infinite if it has no upper bound. */
      readonly upper: number;
      /** x units after the window's end at which less than the margin is still given back; null if unknown. */
      readonly overAfter: number | null;
    }
  | {
      /** Memory was given back at once, and the rest of the window grows. */
      readonly code: 'DROP';
      /** Typical size of the fall, y units. */
      readonly height: number;
      /** Growth beside the fall, and what it is surely below. */
      readonly beside: number;
      readonly upper: number;
    }
  | {
      /** Readings are rounded too coarsely to resolve the margin. */
      readonly code: 'COARSE';
      /** The unit to which readings are rounded, y units. */
      readonly resolution: number;
      /** Length of a window in which one rounded step is no more than the margin, x units. */
      readonly needed: number;
    }
  | {
      /** The window has too few readings to show the shape of the growth. */
      readonly code: 'FEW';
      readonly readings: number;
      /** Length of a window that has enough readings at the same pace, x units. */
      readonly needed: number;
    };

export type ObjectionCode = Objection['code'];
