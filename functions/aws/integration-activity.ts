import type { Source } from '../../shared/alerts/index.ts';
import {
  DAY,
  HOUR,
  type Instant,
  type IntegrationId,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table } from './table.ts';

/** What is noted of an integration beside its counts; every field is absent until something happened. */
export interface ActivityRow {
  readonly lastSeenAt?: Instant;
  readonly refused?: number;
  readonly lastRefusedAt?: Instant;
  readonly lastRefusedReason?: string;
  readonly overLimitMinute?: number;
  readonly overLimitAt?: Instant;
  readonly testedAt?: Instant;
}

/** What came from one integration lately. */
export interface Activity extends ActivityRow {
  /** Alerts of the last hour and of the last day, as far as they are counted. */
  readonly alerts: { readonly hour: number; readonly day: number };
}

const keyOf = (org: OrganisationId, integration: IntegrationId) =>
  schema.integrationActivity.key({ org, integration });

/** Notes when an integration was heard of, unless it was later. */
export async function noteSeen(org: OrganisationId, integration: IntegrationId, at: Instant): Promise<void> {
  await table.update(keyOf(org, integration), {
    set: { lastSeenAt: at },
    if: [{ lastSeenAt: { exists: false } }, { lastSeenAt: { below: at } }],
  });
}

/** Adds refusals, of which the last was for this reason. */
export async function noteRefused(
  org: OrganisationId,
  integration: IntegrationId,
  { count, at, reason }: { readonly count: number; readonly at: Instant; readonly reason: string },
): Promise<void> {
  await table.update(keyOf(org, integration), {
    set: { lastRefusedAt: at, lastRefusedReason: reason },
    add: { refused: count },
  });
}

/** Notes that a minute was over the limit, unless a later one was. */
export async function noteOverLimit(
  org: OrganisationId,
  integration: IntegrationId,
  minute: number,
  at: Instant,
): Promise<void> {
  await table.update(keyOf(org, integration), {
    set: { overLimitMinute: minute, overLimitAt: at },
    if: [{ overLimitMinute: { exists: false } }, { overLimitMinute: { below: minute } }],
  });
}

/** The last minute in which an integration was over its limit. */
export async function readOverLimit(
  org: OrganisationId,
  integration: IntegrationId,
): Promise<number | undefined> {
  return (await table.get<ActivityRow>(keyOf(org, integration)))?.overLimitMinute;
}

/** Claims a test of an integration; false when there was one within this time. */
export async function claimTest(
  org: OrganisationId,
  integration: IntegrationId,
  now: Instant,
  pause: number,
): Promise<boolean> {
  const claimed = await table.update(keyOf(org, integration), {
    set: { testedAt: now },
    if: [{ testedAt: { exists: false } }, { testedAt: { below: now - pause + 1 } }],
  });
  return claimed !== undefined;
}

/** Of an integration, what its own alerts need. */
export async function readIntegration(
  org: OrganisationId,
  integration: IntegrationId,
): Promise<{ readonly name: string; readonly source: Source } | undefined> {
  return table.get<{ name: string; source: Source }>(schema.integration.key({ org, integration }));
}

const HOUR_MINUTES = HOUR / MINUTE;
const hourOf = (minute: number): number => Math.floor(minute / HOUR_MINUTES);
/** Hours that are kept: those of a day, and one more for what begins in the middle. */
const KEPT_HOURS = 48;

/** Writes how many alerts an integration sent in a minute, unless a larger number is there: then more was known. */
export async function writeMinute(
  org: OrganisationId,
  integration: IntegrationId,
  minute: number,
  alerts: number,
): Promise<void> {
  const hour = hourOf(minute);
  const name = `n${minute % HOUR_MINUTES}`;
  await table.update(schema.integrationHour.key({ org, hour, integration }), {
    set: { kind: 'integration-hour', hour, integration, [name]: alerts, ttl: (hour + KEPT_HOURS) * 3_600 },
    if: [{ [name]: { exists: false } }, { [name]: { below: alerts } }],
  });
}

type HourRow = Readonly<Record<string, number>> & { readonly hour: number };

/** The activity of all integrations of an organisation, or of one, by integration. */
export async function readActivity(
  org: OrganisationId,
  now: Instant,
  only?: IntegrationId,
): Promise<(integration: IntegrationId) => Activity> {
  const last = minuteOf(now);
  const [rows, hours] = await allDone([activityRows(org, only), hourRows(org, last, only)]);
  const within = (integration: string, minutes: number): number =>
    (hours.get(integration) ?? []).reduce((sum, row) => sum + since(row, last - minutes + 1), 0);
  return (integration) => ({
    ...rows.get(integration),
    alerts: { hour: within(integration, HOUR_MINUTES), day: within(integration, DAY / MINUTE) },
  });
}

async function activityRows(
  org: OrganisationId,
  only: IntegrationId | undefined,
): Promise<ReadonlyMap<string, ActivityRow>> {
  if (only !== undefined) {
    const row = await table.get<ActivityRow>(keyOf(org, only));
    return new Map(row === undefined ? [] : [[only, row]]);
  }
  const partition = schema.integrationActivity.partition({ org });
  const { items } = await table.query<ActivityRow>({ partition });
  return new Map(items.map((row) => [row.sk, row]));
}

async function hourRows(
  org: OrganisationId,
  last: number,
  only: IntegrationId | undefined,
): Promise<ReadonlyMap<string, readonly HourRow[]>> {
  const first = hourOf(last) - DAY / HOUR;
  const { items } = await table.query<HourRow & { readonly integration: IntegrationId }>({
    partition: schema.integrationHour.partition({ org }),
    from: schema.integrationHour.sort({ hour: first, integration: '-' }),
    to: schema.integrationHour.sort({ hour: hourOf(last), integration: '~' }),
  });
  const wanted = items.filter(({ integration }) => only === undefined || integration === only);
  return Map.groupBy(wanted, ({ integration }) => integration as string);
}

/** What a row has counted from this minute on. */
function since(row: HourRow, first: number): number {
  const start = row.hour * HOUR_MINUTES;
  let sum = 0;
  for (let place = Math.max(0, first - start); place < HOUR_MINUTES; place++) sum += row[`n${place}`] ?? 0;
  return sum;
}
