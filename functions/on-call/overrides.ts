import type { Id, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Override } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from '../aws/incident-rows.ts';
import { type Item, table } from '../aws/table.ts';

/** The largest instant that a key holds. */
const LATEST: Instant = 999_999_999_999_999;

/** The overrides of an organisation that end after an instant, read consistently. */
export async function overridesAfter(org: OrganisationId, at: Instant): Promise<readonly Override[]> {
  const { items } = await table.query({
    partition: schema.scheduleOverride.partition({ org }),
    from: schema.scheduleOverride.sort({ to: at + 1, override: '!' }),
    to: schema.scheduleOverride.sort({ to: LATEST, override: '~' }),
  });
  return items.map((row) => stored<Override>(row));
}

/** Stores an override; again under the same id it stays as it is. */
export async function putOverride(org: OrganisationId, override: Override): Promise<void> {
  await table.put(rowOf(org, override), { ifNew: true });
}

/** Ends an override: one that has begun is kept until now, for the record; one that has not is removed. */
export async function endOverride(org: OrganisationId, override: Override, now: Instant): Promise<void> {
  const kept = override.from < now ? { ...override, to: now } : undefined;
  await table.transact([{ delete: keyOf(org, override) }, ...(kept ? [{ put: rowOf(org, kept) }] : [])]);
}

const keyOf = (org: OrganisationId, { to, id }: { readonly to: Instant; readonly id: Id<'override'> }) =>
  schema.scheduleOverride.key({ org, to, override: id });

const rowOf = (org: OrganisationId, override: Override): Item => ({
  ...keyOf(org, override),
  kind: 'override',
  ...override,
});
