import { type HeldAlert, type HolderId, type Inhibition, isInhibition } from '../../shared/alerts/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table, type Write } from './table.ts';

/** The group that stands for all: what they hold back, and what waits for a threshold, is looked at because the configuration has changed. */
export const allGroups: Inhibition['id'] = 'inh_all';

/** That a group may hold alerts back. */
export interface MutingGroup {
  readonly quiet: HolderId;
  /** When what it holds back is looked at next. */
  readonly dueAt: Instant;
  /** What was held back last, or what was done last: whoever changes it knows by that whether somebody else did. */
  readonly mark: string;
}

function groupRow(org: OrganisationId, { quiet, dueAt, mark }: MutingGroup) {
  const place = { org, quiet, dueAt, shard: shardOf(quiet, shards.due) };
  return {
    ...schema.mutingGroup.key(place),
    ...schema.mutingGroup.index('gsi2', place),
    ...{ kind: 'muting-group', quiet, dueAt, mark },
  };
}

/** Notes of each group that it holds these back; it is asked after when by what is known it mutes no longer. */
export async function noteGroups(org: OrganisationId, held: readonly HeldAlert[]): Promise<void> {
  const groups = new Map<HolderId, HeldAlert[]>();
  for (const one of held)
    if (isInhibition(one.quiet)) groups.set(one.quiet, [...(groups.get(one.quiet) ?? []), one]);
  await allDone(
    [...groups].map(([quiet, some]) => {
      const dueAt = Math.max(...some.map(({ quietTo }) => quietTo));
      return table.put(groupRow(org, { quiet, dueAt, mark: some[0]?.from.receipt ?? '' }));
    }),
  );
}

/** Notes of a group that it keeps a page of an incident back, which is looked at as what is held back is. */
export async function notePage(org: OrganisationId, group: MutingGroup): Promise<void> {
  await table.put(groupRow(org, group));
}

/** What asks for all that is held back or waits, to be written with the configuration by which it may be so no longer. */
export const askForAll = (org: OrganisationId, now: Instant): Write => ({
  put: groupRow(org, { quiet: allGroups, dueAt: now, mark: String(now) }),
});

const keyOf = (org: OrganisationId, quiet: HolderId) => schema.mutingGroup.key({ org, quiet });

/** One group; undefined when it holds nothing back. */
export async function readGroup(org: OrganisationId, quiet: HolderId): Promise<MutingGroup | undefined> {
  return table.get<MutingGroup>(keyOf(org, quiet));
}

/** Has a group asked after at another time, unless it was changed since it was read. */
export async function moveGroup(org: OrganisationId, group: MutingGroup, dueAt: Instant): Promise<void> {
  const { mark } = group;
  await table.put(groupRow(org, { ...group, dueAt }), {
    if: { mark: { is: mark }, dueAt: { is: group.dueAt } },
  });
}

/** Forgets a group that holds nothing back any more, unless it was changed since it was read. */
export async function forgetGroup(org: OrganisationId, { quiet, mark, dueAt }: MutingGroup): Promise<void> {
  await table.remove(keyOf(org, quiet), { if: { mark: { is: mark }, dueAt: { is: dueAt } } });
}

/** Groups that may hold something back, by name, and the one after which there are more. */
export async function groupsPage(
  org: OrganisationId,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly quiets: readonly HolderId[]; readonly next?: string }> {
  const { items, next } = await table.query<MutingGroup>({
    ...{ partition: schema.mutingGroup.partition({ org }), limit },
    ...(after !== undefined && { after: [after] }),
  });
  const last = items.at(-1)?.quiet;
  return {
    quiets: items.map(({ quiet }) => quiet).filter((quiet) => quiet !== allGroups),
    ...(next !== undefined && last !== undefined && { next: last }),
  };
}
