import * as z from 'zod';
import { idText, timeInput } from '../api/index.ts';
import { DAY, type Id, type Instant } from '../kernel/index.ts';
import { configuredId } from './person.ts';

/** Somebody takes over a schedule for a time: for one person whenever it is their turn, or for whoever it is, gaps included. */
export interface Override {
  readonly id: Id<'override'>;
  readonly schedule: string;
  /** Who takes over. */
  readonly person: string;
  /** For whom; left out, for whoever is on call. */
  readonly instead?: string;
  readonly from: Instant;
  /** The first instant that it is not for. */
  readonly to: Instant;
  readonly createdAt: Instant;
  /** The id of whoever made it. */
  readonly createdBy: string;
}

/** The longest that one override may last. */
export const LONGEST_OVERRIDE = 366 * DAY;

/** An override as it is asked for. */
export const overrideInput = z
  .strictObject({
    person: configuredId,
    instead: configuredId.optional(),
    from: timeInput.optional(),
    to: timeInput,
  })
  .refine(({ person, instead }) => person !== instead, {
    path: ['instead'],
    message: 'Somebody cannot take over for themselves',
  });

/** The id of an override, as it comes from outside. */
export const overrideId = idText('override');

/** In the order in which they count: a later one goes over an earlier one. */
export function compareOverrides(a: Override, b: Override): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

/** Who is on call when these overrides are put over whose turn it is, with the last one that changed it. */
export function overridden(
  turn: string | undefined,
  overrides: readonly Override[],
  at: Instant,
): { readonly person?: string; readonly override?: Override } {
  let now: { person?: string; override?: Override } = turn === undefined ? {} : { person: turn };
  for (const override of overrides.toSorted(compareOverrides)) {
    if (at < override.from || at >= override.to) continue;
    if (override.instead === undefined || override.instead === now.person)
      now = { person: override.person, override };
  }
  return now;
}
