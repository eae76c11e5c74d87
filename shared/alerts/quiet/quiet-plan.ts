import { type Actor, DAY, type Instant, isSame, Refusal, toText } from '../../kernel/index.ts';
import { type Matcher, matchEverything } from './matcher.ts';
import { type MaintenanceWindow, type Quiet, quietLimits, quietStateOf, type Silence } from './quiet.ts';

/** Who does something to what keeps alerts quiet, and when. */
interface Doing {
  readonly by: Actor;
  readonly now: Instant;
}

/** What a person says of its time. */
export interface SaidTimes {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** What a person says of a silence. */
export interface SaidSilence extends SaidTimes {
  readonly matchers: readonly Matcher[];
  readonly untilResolved?: boolean | undefined;
  readonly everything?: boolean | undefined;
  readonly comment: string;
}

/** What a person says of a maintenance window. */
export interface SaidMaintenance extends SaidTimes {
  readonly services: readonly string[];
  readonly comment: string;
}

/** A new silence; refused where it would silence everything without saying so, or where its times make no sense. */
export function newSilence(id: Silence['id'], said: SaidSilence, { by, now }: Doing): Silence {
  const { matchers, untilResolved = false, comment } = said;
  refuseEverything(matchers, said.everything);
  const last = untilResolved ? (said.to ?? (said.from ?? now) + quietLimits.untilResolved) : said.to;
  const times = timesOf({ from: said.from, to: last }, now);
  return {
    ...{ kind: 'silence', id, matchers, ...times, comment },
    ...(untilResolved && { untilResolved }),
    ...{ createdBy: by, createdAt: now, version: 1 },
  };
}

/** A new maintenance window. */
export function newMaintenance(
  id: MaintenanceWindow['id'],
  { services, comment, ...said }: SaidMaintenance,
  { by, now }: Doing,
): MaintenanceWindow {
  const times = timesOf(said, now);
  return {
    ...{ kind: 'maintenance', id, services, ...times, comment },
    ...{ createdBy: by, createdAt: now, version: 1 },
  };
}

/** What may be changed of either. */
export interface QuietChange extends SaidTimes {
  readonly matchers?: readonly Matcher[] | undefined;
  readonly everything?: boolean | undefined;
  readonly services?: readonly string[] | undefined;
  readonly comment?: string | undefined;
}

/** As it is after a change; the same object where the change says nothing new, so that nobody is told to have changed it. */
export function changedQuiet<Some extends Quiet>(quiet: Some, change: QuietChange, { by, now }: Doing): Some {
  refuseExpired(quiet, now);
  const { from, to, matchers, services, comment } = change;
  if (matchers) refuseEverything(matchers, change.everything);
  const hasBegun = quiet.from <= now;
  if (from !== undefined && hasBegun && from !== quiet.from) {
    const reason = `It began at ${toText(quiet.from)}, so its beginning stays; leave out 'from'.`;
    throw new Refusal('conflict', reason, 'body.from');
  }
  const times = hasBegun
    ? { from: quiet.from, to: endOf(quiet.from, to ?? quiet.to, now) }
    : timesOf({ from: from ?? quiet.from, to: to ?? quiet.to }, now);
  const changed = {
    ...quiet,
    ...times,
    ...(comment !== undefined && { comment }),
    ...(matchers && quiet.kind === 'silence' && { matchers }),
    ...(services && quiet.kind === 'maintenance' && { services }),
  };
  if (isSame(changed, quiet)) return quiet;
  return { ...changed, changedBy: by, changedAt: now, version: quiet.version + 1 };
}

/** As it is after somebody ended it; one that never began is over before it did. Undefined when it is over already. */
export function endedQuiet<Some extends Quiet>(quiet: Some, { by, now }: Doing): Some | undefined {
  if (quietStateOf(quiet, now) === 'expired') return undefined;
  const from = Math.min(quiet.from, now);
  return { ...quiet, from, to: now, endedBy: by, version: quiet.version + 1 };
}

function timesOf({ from = 0, to }: SaidTimes, now: Instant) {
  // What happened before it was made came in already, so it holds from now on at the earliest.
  const begin = Math.max(from, now);
  if (to === undefined)
    throw new Refusal('invalid', "Its end is missing; say 'to', a time within the next year.", 'body.to');
  return { from: begin, to: endOf(begin, to, now) };
}

function endOf(from: Instant, to: Instant, now: Instant): Instant {
  if (to <= Math.max(from, now)) {
    const after = toText(Math.max(from, now));
    throw new Refusal('invalid', `It would end at ${toText(to)}; say a time after ${after}.`, 'body.to');
  }
  const { longest } = quietLimits;
  if (to - from <= longest) return to;
  throw new Refusal(
    'invalid',
    `It would last ${Math.ceil((to - from) / DAY)} days; allowed are at most ${longest / DAY}.`,
    'body.to',
  );
}

function refuseEverything(matchers: readonly Matcher[], everything: boolean | undefined): void {
  if (everything || !matchEverything(matchers)) return;
  throw new Refusal(
    'invalid',
    "These matchers fit every alert that does not have what they name, so next to nobody would be paged for anything. Name a label or field and a value that it must have, or say 'everything: true'.",
    'body.matchers',
  );
}

function refuseExpired(quiet: Quiet, now: Instant): void {
  if (quietStateOf(quiet, now) !== 'expired') return;
  throw new Refusal('conflict', `It ended at ${toText(quiet.to)}; make a new one.`);
}
