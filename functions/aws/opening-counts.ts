import { type OpeningCount, stormForgottenAt, stormName } from '../../shared/detection/index.ts';
import { MINUTE, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { type Key, schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { table } from './table.ts';

type Place = Pick<OpeningCount, 'integration' | 'minute'>;

/** Where the count of one minute lies. */
export const countKey = (org: OrganisationId, { integration, minute }: Place): Key =>
  schema.openingCount.key({ org, integration, minute });

/** A count by its name, from its row. */
export const countIn = (
  place: Place,
  row: Readonly<Record<string, unknown>> | undefined,
): readonly [string, readonly string[]] => [
  stormName(place.integration, place.minute),
  // We put a set of texts there.
  [...((row?.alerts as ReadonlySet<string> | undefined) ?? [])],
];

/** Few openings are no storm: nobody waits until they are counted. */
const FEW = 3;

/** Counts what is likely a storm before it opens; false when others opened so many that this is to be decided anew. */
export async function countMany(org: OrganisationId, openings: readonly OpeningCount[]): Promise<boolean> {
  const many = openings.filter(({ alerts }) => alerts.length >= FEW);
  const counted = await allDone(many.map((one) => add(org, one, one.limit - one.alerts.length + 1)));
  return counted.every((isCounted) => isCounted);
}

/** By organisation, integration and minute, what this process has opened and not counted yet. */
const pending = new ExpiringCache<readonly string[]>(1_000);

/**
 * Counts the others as soon as this process has opened some in the same minute: so a lone opening writes nothing more. That a few
 * more than the limit open does no harm.
 */
export async function countFew(org: OrganisationId, openings: readonly OpeningCount[]): Promise<void> {
  const few = openings.filter(({ alerts }) => alerts.length < FEW);
  await allDone(
    few.map(async (one) => {
      const name = `${org} ${stormName(one.integration, one.minute)}`;
      const alerts = [...new Set([...(pending.get(name)?.value ?? []), ...one.alerts])];
      const isEnough = alerts.length >= FEW;
      pending.set(name, isEnough ? [] : alerts, 2 * MINUTE);
      if (isEnough) await add(org, { ...one, alerts });
    }),
  );
}

async function add(org: OrganisationId, count: OpeningCount, most?: number): Promise<boolean> {
  const ttl = Math.ceil(stormForgottenAt(count.minute) / SECOND);
  const change = { add: { alerts: new Set(count.alerts) }, set: { ttl } };
  const isRoom =
    most === undefined ? {} : { if: [{ alerts: { exists: false } }, { alerts: { fewerThan: most } }] };
  return (await table.update(countKey(org, count), { ...change, ...isRoom })) !== undefined;
}
