import { type OpeningCount, stormForgottenAt, stormName } from '../../shared/detection/index.ts';
import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { type Key, schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
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

/** Counts the others; that there may be a few more than the limit does no harm. */
export async function countFew(org: OrganisationId, openings: readonly OpeningCount[]): Promise<void> {
  await allDone(openings.filter(({ alerts }) => alerts.length < FEW).map((one) => add(org, one)));
}

async function add(org: OrganisationId, count: OpeningCount, most?: number): Promise<boolean> {
  const ttl = Math.ceil(stormForgottenAt(count.minute) / SECOND);
  const change = { add: { alerts: new Set(count.alerts) }, set: { ttl } };
  const isRoom =
    most === undefined ? {} : { if: [{ alerts: { exists: false } }, { alerts: { fewerThan: most } }] };
  return (await table.update(countKey(org, count), { ...change, ...isRoom })) !== undefined;
}
