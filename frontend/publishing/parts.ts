import type { Status } from './use-status.ts';

/** What the management of the status page consists of, each with an address of its own below `/status`. */
export const parts = [
  ['', 'Incidents'],
  ['components', 'Components'],
  ['maintenance', 'Maintenance'],
  ['look', 'Look'],
  ['page', 'Preview'],
] as const;

export type Part = (typeof parts)[number][0];

/** The part that an address names; undefined where there is none. */
export const partIn = (text = ''): Part | undefined => parts.find(([part]) => part === text)?.[0];

/** How many things of a part want to be looked at. */
export function countOf(part: Part, { proposals, incidents, maintenance }: Status): number {
  if (part === '') return proposals.length + incidents.length;
  return part === 'maintenance' ? maintenance.length : 0;
}
