export const listings = ['open', 'resolved'] as const;

/** Which incidents the list shows. */
export type Listing = (typeof listings)[number];
