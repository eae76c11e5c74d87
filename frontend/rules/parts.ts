import { rulesAddress } from '../app/addresses.ts';

/** What the part of the console about rules consists of, each with an address of its own below `/rules`. */
export const parts = [
  ['', 'In force'],
  ['draft', 'Draft'],
  ['shadow', 'Shadow'],
  ['versions', 'Versions'],
] as const;

export type Part = (typeof parts)[number][0];

/** The address of a part. */
export const partAddress = (part: Part): string => (part === '' ? rulesAddress : `${rulesAddress}/${part}`);
