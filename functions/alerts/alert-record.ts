import type { Configuration } from '../../shared/configuration/index.ts';
import {
  type AlertHead,
  type AlertRecord,
  countedIn,
  countsAt,
  countsWithOthersAt,
  entryIn,
  firingIn,
  flappingBy,
  incidentsFor,
  isCounting,
  type Joined,
  type Match,
  matchRule,
  mutingGroups,
  mutingOf,
  releasedAt,
  type Slot,
  type Told,
  waitsSince,
  withoutMoved,
} from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { DAY, type Instant, type IntegrationId, type OrganisationId } from '../../shared/kernel/index.ts';
import { escalationTold } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { readHeads } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { type ConfigurationThen, configurationThen } from '../aws/configuration-then.ts';
import { readGuard } from '../aws/guards.ts';
import { lastFiring } from '../aws/last-firing.ts';
import { listMembers } from '../aws/organisations.ts';
import { readPaging } from '../aws/paging-record.ts';
import { readInForce } from '../aws/quiets.ts';
import { table } from '../aws/table.ts';
import { readSlotsAround } from '../aws/threshold-slots.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { guardsFor, joinedOf } from './alert-places.ts';
import type { IntegrationRow } from './integration-row.ts';

/** Groups in which others would mute an alert of which the guards are read. */
const MOST_GROUPS = 10;

/** Incidents whose pages are read of those that were merged into the one of an alert, and of the others that it holds open. */
const MOST_OTHERS = 3;

/** Silences that ended longer ago are not looked at. */
const LONGEST_QUIET = 90 * DAY;

/** Reads all that says what became of an alert; undefined when nothing is known of it. */
export async function readAlertRecord(
  org: OrganisationId,
  fingerprint: string,
  now: Instant,
): Promise<AlertRecord | undefined> {
  const [heads, kept] = await allDone([readHeads(org, [fingerprint]), lastFiring(org, fingerprint, now)]);
  const head = heads.get(fingerprint);
  const told: Told | undefined = kept ? { ...kept, source: 'kept' } : head && toldBy(head);
  if (!head && !told) return undefined;
  const joined = head ? await joinedOf(org, head) : [];
  // What waits for a threshold is looked at when rules change, so it waits by those of now.
  const decidedAt =
    waitsSince(head) === undefined ? decidedOf(head, told, joinedAt(joined, fingerprint)) : now;
  const [configuration, integration, quiets, members] = await allDone([
    configurationThen(org, decidedAt ?? now, tellLeftOut),
    told && integrationName(org, told.from.integration),
    readInForce(org, Math.max(told?.signal.at ?? now, now - LONGEST_QUIET)),
    listMembers(org),
  ]);
  const { rules, today } = rulesOf(
    configuration,
    (id) => members.find(({ person }) => person === id)?.name ?? id,
  );
  const match = told && matchRule(rules.rules, told);
  const [guards, slots, muting] = await allDone([
    guardsFor(org, head, match),
    match && isCounting(match.rule)
      ? readCounted(org, match, countsWithOthersAt(head ? { head } : {}, told))
      : [],
    head && told && readMuting(head, told, configuration.today.body),
  ]);
  const record: AlertRecord = {
    ...{ now, rules, today, quiets, guards, slots, joined },
    flapping: flappingBy(configuration.today.body.detection),
    ...{ ...(head && { head }), ...muting, ...(told && { told }) },
    ...(integration !== undefined && { integration }),
  };
  return { ...record, ...(await readPages(record, configuration.today.body)) };
}

/** Whom the incident of an alert paged, those before they were merged into it, and the others that it holds open. */
async function readPages(
  record: AlertRecord,
  today: Configuration,
): Promise<Pick<AlertRecord, 'paging' | 'pagedBefore' | 'pagedBeside'>> {
  const { current, before, beside } = incidentsFor(record);
  const pagingOf = async (incident: Incident) =>
    escalationTold((await readPaging(incident, today, record.now)).record);
  const pagingsOf = (incidents: readonly Incident[]) =>
    allDone(
      incidents
        .slice(0, MOST_OTHERS)
        .map(async (incident) => ({ incident, paging: await pagingOf(incident) })),
    );
  const [paging, pagedBefore, pagedBeside] = await allDone([
    current && pagingOf(current),
    pagingsOf(before),
    pagingsOf(beside),
  ]);
  return {
    ...(paging && { paging }),
    ...(pagedBefore.length > 0 && { pagedBefore }),
    ...(pagedBeside.length > 0 && { pagedBeside }),
  };
}

/** What may be counted together with what fired at this time, without what counts no more. */
async function readCounted(org: OrganisationId, match: Match, at: Instant): Promise<readonly Slot[]> {
  const slots = await readSlotsAround(org, match, at);
  const heads = await readHeads(org, countedIn(slots));
  return withoutMoved(slots, heads);
}

/** A firing put together from what the head keeps; undefined when it never fired. */
const toldBy = (head: AlertHead): Told | undefined =>
  head.firings.length === 0 ? undefined : { ...firingIn(head), source: 'head' };

/** What mutes it or would, by what is known of the groups; and which of these holds it back, where alerts do. */
async function readMuting(
  { org, suppressed }: AlertHead,
  told: Told,
  { detection: { inhibitions } }: Pick<Configuration, 'detection'>,
): Promise<Pick<AlertRecord, 'muting' | 'mutings'>> {
  const own = suppressed?.kind === 'inhibition' ? suppressed.by : undefined;
  const isOwn = ({ hash }: { readonly hash: string }) => own === `inh_${hash}`;
  const groups = mutingGroups(inhibitions, told);
  const some = groups.filter((group, i) => i < MOST_GROUPS || isOwn(group));
  const mutings = await allDone(some.map(async (group) => mutingOf(group, await readGuard(org, group.hash))));
  const muting = mutings.find(isOwn);
  return { mutings, ...(muting && { muting }) };
}

/**
 * When its last firing was decided: with the fact that tells of it, unless it was received since; where it waited until rules had
 * changed, or was held back, when it was placed after that. A person who splits it off decides nothing by rules.
 */
function decidedOf(
  head: AlertHead | undefined,
  told: Told | undefined,
  recordedAt: Instant | undefined,
): Instant | undefined {
  if (!told) return recordedAt;
  const at = countsAt({ ...(head && { head }) }, told);
  const { moved } = head ?? {};
  const placedAt =
    moved?.at === at && moved.why !== undefined ? moved.placedAt : head && releasedAt(head, at);
  return Math.max(told.from.receivedAt, recordedAt ?? 0, placedAt ?? 0);
}

function joinedAt([newest]: readonly Joined[], fingerprint: string): Instant | undefined {
  const entry = newest && entryIn(newest, fingerprint);
  return entry?.actor.kind === 'system' ? entry.recordedAt : undefined;
}

async function integrationName(org: OrganisationId, integration: IntegrationId): Promise<string | undefined> {
  const row = await table.get<IntegrationRow>(schema.integration.key({ org, integration }));
  return row?.name;
}

function rulesOf({ inForce, isThen, today }: ConfigurationThen, nameOf: (person: string) => string) {
  const of = ({ version, updatedAt, updatedBy, body }: ConfigurationThen['inForce']) => ({
    ...{ version, rules: body.rules },
    ...(updatedAt !== undefined && { since: updatedAt }),
    ...(updatedBy !== undefined && { by: nameOf(updatedBy) }),
  });
  return { rules: { ...of(inForce), isThen }, today: of(today) };
}
