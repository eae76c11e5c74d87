import { type Duration, digestBytes, type Instant, SECOND } from '../kernel/index.ts';
import { type AlertHead, isActive } from './alert-head.ts';
import type { AlertInBatch } from './batch.ts';
import type { Received } from './match.ts';
import { endsBy, MAX_EVENTS } from './occurrence.ts';

/** What of a batch is decided now, and the firings that are put off: they are heard again some seconds later. */
export interface Unhurried {
  readonly due: readonly AlertInBatch[];
  readonly later: readonly Received[];
}

/**
 * An alert that fires again and again says the time of each, and every worker would write its head each time. Once the head is full of
 * times, a firing that only carries on what it knows is put off for a while: what comes meanwhile makes most of them needless.
 * One that lies close between two known ones is needless already, or before one that is `awaited`: put off and still to come. None is
 * lost: the newest of a batch is heard again.
 */
export function unhurried(
  alerts: readonly AlertInBatch[],
  heads: ReadonlyMap<string, AlertHead>,
  awaited: (fingerprint: string) => Instant | undefined = () => undefined,
): Unhurried {
  const due: AlertInBatch[] = [];
  const later: Received[] = [];
  for (const alert of alerts) {
    const head = heads.get(alert.fingerprint);
    const said =
      head && carriesOn(head, alert) ? news(head, alert.firings, awaited(alert.fingerprint)) : undefined;
    if (said === undefined) due.push(alert);
    else later.push(...said);
  }
  return { due, later };
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

/** The one that is to be heard again, if any is; undefined where they are to be decided now. */
function news(
  head: AlertHead,
  firings: readonly Received[],
  awaited: Instant = 0,
): readonly Received[] | undefined {
  const last = head.firings.at(-1) ?? 0;
  const isNeedless = (at: Instant): boolean => (last < at && at < awaited) || isBetween(head, at);
  const fresh = firings.filter(({ signal }) => !isNeedless(signal.at));
  const newest = fresh.at(-1);
  if (newest === undefined) return [];
  const areNewer = fresh.every(({ signal }) => signal.at > last);
  const { isPutOff, receipt } = newest.from;
  return areNewer && !isPutOff && newest.signal.at < last + patience(receipt) ? [newest] : undefined;
}

/** Whether the head knows firings close before and after, and nothing between them. */
function isBetween({ firings, resolves }: AlertHead, at: Instant): boolean {
  const next = firings.findIndex((one) => one > at);
  const [from = at, to = at] = next < 1 ? [] : firings.slice(next - 1, next + 1);
  return from < to && to - from <= 2 * CLOSE && resolves.every((one) => one < from || one >= to);
}

/** Another time for each POST, so that not all who hear of an alert write of it at once. */
function patience(receipt: string): Duration {
  const [high = 0, low = 0] = digestBytes(receipt);
  return CLOSE + (CLOSE * (high * 256 + low)) / 65_536;
}
