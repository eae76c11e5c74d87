/** After all that follows from a step by itself: Node takes its next tick when no promise has anything left to do. */
export const settled = (): Promise<void> => new Promise((rest) => process.nextTick(rest));
