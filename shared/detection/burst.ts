import { type Duration, digestBytes, type Instant, SECOND } from '../kernel/index.ts';
import { type AlertHead, isActive } from './alert-head.ts';
import type { AlertInBatch } from './batch.ts';
import type { Loaded } from './decision.ts';
import type { Received } from './match.ts';
import { endsBy, MAX_EVENTS, occurrencesOf } from './occurrence.ts';
import { firingsOn, type Route, wayOf } from './routes.ts';
import type { Rule } from './rule.ts';

/** A firing that is heard again some seconds later, and where its rule puts it. */
export interface PutOff {
  readonly firing: Received;
  readonly way: Route;
}

/** What of a batch is decided now, and what is put off. */
export interface Unhurried {
  readonly due: readonly AlertInBatch[];
  readonly later: readonly PutOff[];
}

/** The time of a firing of this alert, put there by its rule, that was put off and is still to come. */
export type Awaited = (fingerprint: string, way: Route) => Instant | undefined;

/**
 * An alert that fires again and again says the time of each, and every worker would write its head each time. Once the head is full of
 * times, a firing that only carries on what it knows is put off for a while: what comes meanwhile makes most of them needless.
 * One that lies close between two known ones is needless already, or before one that is `awaited`: put off and still to come. None is
 * lost: of those of a batch that go one way by their rules the newest is heard again.
 */
export function unhurried(
  alerts: readonly AlertInBatch[],
  { heads, rules, inhibitions }: Pick<Loaded, 'heads' | 'rules' | 'inhibitions'>,
  awaited: Awaited = () => undefined,
): Unhurried {
  const due: AlertInBatch[] = [];
  const later: PutOff[] = [];
  for (const alert of alerts) {
    const head = heads.get(alert.fingerprint);
    const isCarriedOn = head && carriesOn(head, alert) && mutesAsBefore(head, alert, inhibitions);
    const said = isCarriedOn ? putOff(head, alert, rules, awaited) : undefined;
    if (said === undefined) due.push(alert);
    else later.push(...said);
  }
  return { due, later };
}

/** Those that are to be heard again, one for each way that they go; undefined where they are to be decided now. */
function putOff(
  head: AlertHead,
  { fingerprint, firings }: AlertInBatch,
  rules: readonly Rule[],
  awaited: Awaited,
): readonly PutOff[] | undefined {
  const later: PutOff[] = [];
  const begun = occurrencesOf(head).at(-1)?.from ?? 0;
  for (const [way, own] of Map.groupBy(firings, (firing) => wayOf(rules, firing))) {
    const known = { firings: firingsOn(head, way), resolves: head.resolves };
    const isKnown = known.firings.some((at) => at >= begun);
    const said = isKnown ? news(known, own, awaited(fingerprint, way)) : undefined;
    if (said === undefined) return undefined;
    later.push(...said.map((firing) => ({ firing, way })));
  }
  return later;
}

/** Firings that follow each other so closely need not all be known to the head. */
const CLOSE: Duration = 2 * SECOND;

/** What ends by itself so soon is told at once that it goes on: longer than anything is put off. */
const ENDS_SOON: Duration = 30 * SECOND;

/** Whether all that is said is that an alert, whose head has no room left, goes on as it is. */
function carriesOn(head: AlertHead, { firings, others }: AlertInBatch): boolean {
  const isFull = head.firings.length + head.resolves.length >= MAX_EVENTS;
  if (!isFull || others.length > 0 || firings.length === 0 || !isActive(head)) return false;
  const ends = endsBy(head) ?? Number.POSITIVE_INFINITY;
  return firings.every(
    ({ signal: { at, until, severity } }) =>
      severity === head.severity && at + ENDS_SOON < ends && (until ?? 0) <= ends,
  );
}

/** Whether all that is said mutes just what the alert has muted each time that its head knows. */
function mutesAsBefore(
  { inhibits = [], inhibitsAt }: AlertHead,
  { firings }: AlertInBatch,
  inhibitions: Loaded['inhibitions'],
): boolean {
  if (inhibitsAt !== undefined) return false;
  return firings.every((firing) => {
    const groups = (inhibitions?.sourcesOf(firing) ?? []).map(({ hash }) => hash);
    return groups.length === inhibits.length && groups.every((group) => inhibits.includes(group));
  });
}

/** Times that a head knows. */
type Known = Pick<AlertHead, 'firings' | 'resolves'>;

/** The one that is to be heard again, if any is; undefined where they are to be decided now. */
function news(
  known: Known,
  firings: readonly Received[],
  awaited: Instant = 0,
): readonly Received[] | undefined {
  const last = known.firings.at(-1) ?? 0;
  const isNeedless = (at: Instant): boolean => (last < at && at < awaited) || isBetween(known, at);
  const fresh = firings.filter(({ signal }) => !isNeedless(signal.at));
  const newest = fresh.at(-1);
  if (newest === undefined) return [];
  const areNewer = fresh.every(({ signal }) => signal.at > last);
  const { isPutOff, receipt } = newest.from;
  return areNewer && !isPutOff && newest.signal.at < last + patience(receipt) ? [newest] : undefined;
}

/** Whether it knows firings close before and after, and nothing between them. */
function isBetween({ firings, resolves }: Known, at: Instant): boolean {
  const next = firings.findIndex((one) => one > at);
  const [from = at, to = at] = next < 1 ? [] : firings.slice(next - 1, next + 1);
  return from < to && to - from <= 2 * CLOSE && resolves.every((one) => one < from || one >= to);
}

/** Another time for each POST, so that not all who hear of an alert write of it at once. */
function patience(receipt: string): Duration {
  const [high = 0, low = 0] = digestBytes(receipt);
  return CLOSE + (CLOSE * (high * 256 + low)) / 65_536;
}
