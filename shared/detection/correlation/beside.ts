/** The newest open incidents of one service that are looked at. */
export const NEWEST_BESIDE = 20;

/** Openings that are looked around at once: what comes with more of them is a storm. */
export const LOOKING_AROUND = 20;
