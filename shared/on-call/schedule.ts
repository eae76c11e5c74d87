import * as z from 'zod';
import { configuredId } from './person.ts';

/** The days of a week, from Monday. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time of day from 00:00 to 23:59, such as 09:00');

const date = z.iso
  .date('Expected a date such as 2026-03-29')
  .refine(
    (text) => text >= '1970-01-01' && text < '2100-01-01',
    'Expected a date from 1970-01-01 to 2099-12-31',
  );

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Expected a time zone by its IANA name, such as Europe/Zurich');

/** Names of zones alone: an offset such as +02:00 knows no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // That is how it says that it knows no such zone.
    return false;
  }
}

/** When a layer counts: on these weekdays from one time of day to another, which is on the day after unless it is later. */
export const restrictionSchema = z.strictObject({
  weekdays: z.array(z.enum(weekdays)).min(1).max(7),
  from: timeOfDay.default('00:00'),
  to: timeOfDay.default('00:00'),
});

/** People who take turns. */
export const layerSchema = z.strictObject({
  /** Ids of people, in the order of their turns. */
  people: z.array(configuredId).min(1).max(100),
  /** The day of the first hand-off; before it the layer has nobody. */
  startDate: date,
  /** When one hands over to the next, as the wall shows it in the zone of the schedule. */
  handOff: timeOfDay,
  /** How long each turn is: a day, a week, or so many days. */
  every: z.union([z.enum(['day', 'week']), z.int().min(1).max(366)]).default('week'),
  /** Only then the layer counts; left out, always. */
  only: z.array(restrictionSchema).min(1).max(20).optional(),
});

/** Who is on call when: layers of rotations, of which a later one covers an earlier one while it has somebody. */
export const scheduleSchema = z.strictObject({
  id: configuredId,
  name: z.string().trim().min(1).max(100),
  timeZone,
  layers: z.array(layerSchema).min(1).max(10),
});

export type Restriction = z.infer<typeof restrictionSchema>;
export type Layer = z.infer<typeof layerSchema>;
export type Schedule = z.infer<typeof scheduleSchema>;
