import {
  type Counting,
  countingOf,
  type Loaded,
  type Match,
  needsAll,
  newest,
  type Received,
  type Slot,
  type SlotRange,
  slotsAround,
} from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** What may count for the threshold of a group together with what fired at this time. */
export const readSlotsAround = (org: OrganisationId, match: Match, at: Instant): Promise<readonly Slot[]> =>
  readNear(org, match, [slotsAround(match, at)]);

/** What counts for keys, by their hash, and what was read of it. */
export interface SlotsRead {
  readonly slots: Map<string, readonly Slot[]>;
  readonly counting: Counting[];
}

/** The slots in which these firings may count, and those beside them. */
export async function slotsFor(
  org: OrganisationId,
  firings: readonly (Received & { readonly match: Match })[],
  heads: Loaded['heads'],
): Promise<SlotsRead> {
  const counting = countingOf(firings, heads);
  const read = counting.map(
    async (one) => [one.match.hash, await readNear(org, one.match, one.ranges ?? [])] as const,
  );
  return { slots: new Map(await allDone(read)), counting: [...counting] };
}

async function readNear(
  org: OrganisationId,
  { rule, hash }: Match,
  ranges: readonly SlotRange[],
): Promise<readonly Slot[]> {
  const group = { org, rule: rule.id, group: hash };
  const pages = await allDone(
    ranges.map(([first, last]) =>
      table.query({
        partition: schema.thresholdSlot.partition(group),
        from: schema.thresholdSlot.sort({ slot: Math.max(0, first) }),
        to: schema.thresholdSlot.sort({ slot: last }),
      }),
    ),
  );
  return pages.flatMap(({ items }) => items.map((row) => stored<Slot>(row)));
}

/** From the newest on, until they hold as many alerts as an incident takes in at once. */
async function readNewest(org: OrganisationId, { rule, hash }: Match): Promise<readonly Slot[]> {
  const partition = schema.thresholdSlot.partition({ org, rule: rule.id, group: hash });
  let slots: readonly Slot[] = [];
  for await (const rows of table.queryAnswers({ partition, backwards: true })) {
    const all = [...slots, ...rows.map((row) => stored<Slot>(row))];
    slots = newest(all);
    if (slots.length < all.length) break;
  }
  return slots;
}

/** Reads the newest of all slots of the keys of which more is needed, or of all of them; whether there were any. */
export async function readRest(
  loaded: Loaded,
  { slots, counting }: SlotsRead,
  isWhole: boolean,
): Promise<boolean> {
  const wanted = counting.filter((one) => one.ranges !== undefined && (isWhole || needsAll(loaded, one)));
  await allDone(
    wanted.map(async ({ ranges: _, ...one }) => {
      const { hash } = one.match;
      const all = await readNewest(loaded.org, one.match);
      // Those that were read first may be older.
      slots.set(hash, [
        ...new Map([...(slots.get(hash) ?? []), ...all].map((slot) => [slot.slot, slot])).values(),
      ]);
      counting.splice(
        counting.findIndex((old) => old.match.hash === hash),
        1,
        one,
      );
    }),
  );
  return wanted.length > 0;
}
