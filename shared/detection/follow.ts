import { toolOf } from '../alerts/index.ts';
import type { Actor, Instant } from '../kernel/index.ts';
import { type AlertHead, type Membership, stateOf } from './alert-head.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { type Guard, isOpenWindow, ledTo, type Window, windowAt, windowOf, windowWith } from './guard.ts';
import type { Received } from './match.ts';
import { type Occurrence, occurrencesOf } from './occurrence.ts';
import { entryOf } from './placing.ts';
import type { Under } from './routes.ts';
import { endedAt, isOn, placedOccurrences } from './suppressed.ts';

/**
 * Tells the incident of the occurrence that this resolve ended. It is looked at when all has been quiet for a while: then it
 * is closed, or, when it is closed already, its end is corrected.
 */
export function followResolve(
  draft: Draft,
  before: AlertHead | undefined,
  head: AlertHead,
  { signal: { at }, from }: Received,
): void {
  draft.because(from);
  followEnd(draft, before, head, at);
}

/** The same for any end of an occurrence. */
export function followEnd(draft: Draft, before: AlertHead | undefined, head: AlertHead, at: Instant): void {
  // A repetition is told once, but settled again: the message that was sent for the first may have been lost.
  const isKnown = before !== undefined && (before.resolves.includes(at) || before.lapsed === at);
  const isNews = !isKnown && !isOn(head);
  for (const { membership, key, window } of windowsOf(draft, head, (under) => endedAt(head, at, under))) {
    if (isOpenWindow(window) && isNews) tell(draft, key, window, head, at, membership);
    draft.settle({ incident: window.incident, generation: window.generation, correlation: key.hash });
  }
  // Also where it was before, and nobody asked since: of what ends by itself the end may be told by what fires elsewhere.
  for (const { incident, correlation } of head.memberships) {
    const own = windowOf(draft.key(correlation).guard, incident);
    if (own && isOpenWindow(own)) draft.settle({ incident, generation: own.generation, correlation });
  }
}

/**
 * The ends that no resolve of the batch tells of: by then an alert had ended by itself and nobody had asked after it, or what
 * had ended so turns out to have gone on until a resolve that was known.
 */
export function followEndsBetween(
  draft: Draft,
  before: AlertHead | undefined,
  head: AlertHead,
  others: readonly Received[],
): void {
  const known = before ? occurrencesOf(before) : [];
  const lapsed = head.lapsed === before?.lapsed ? undefined : head.lapsed;
  const told = new Set([...others.map(({ signal }) => signal.at), lapsed]);
  for (const { from, to } of occurrencesOf(head)) {
    const isKnown = known.some((one) => one.from === from && one.to === to);
    if (to !== undefined && !isKnown && !told.has(to)) followEnd(draft, before, head, to);
  }
}

/** Who took it, as people of ours see that: by name where the source has one. */
export const takerOf = (
  { integration, source }: Pick<AlertHead, 'integration' | 'source'>,
  name = 'Somebody',
): Actor => ({ kind: 'machine', id: integration, name: `${name} in ${toolOf(source)}` });

export const isAnswer = ({ signal }: Received): boolean =>
  signal.state === 'acknowledged' || signal.unacknowledged === true;

/**
 * Tells the incident that somebody took the alert in its own source, or gave it back. The incident is acknowledged with it; it
 * stays so when that is taken back, since others may be at work on it.
 */
export function followAnswer(
  draft: Draft,
  before: AlertHead | undefined,
  head: AlertHead,
  answers: readonly Received[],
): void {
  const taking = answers.find(({ signal }) => !signal.unacknowledged && signal.at === head.acknowledgedAt);
  const answer = taking ?? answers[0];
  if (!answer) return;
  draft.because(answer.from);
  const isTaken = stateOf(head) === 'acknowledged';
  const wasTaken = before !== undefined && stateOf(before) === 'acknowledged';
  if (isTaken === wasTaken || !isOn(head)) return;
  const at = (isTaken ? head.acknowledgedAt : head.unacknowledgedAt) ?? 0;
  const current = (under: Under) => placedOccurrences(head, under).findLast(({ to }) => to === undefined);
  for (const { membership, key, window } of windowsOf(draft, head, current)) {
    if (!isOpenWindow(window)) continue;
    tell(draft, key, window, head, at, membership);
    if (!isTaken) continue;
    const openedNow = !draft.loaded.guards
      .get(key.hash)
      ?.windows.some((old) => old.incident === window.incident);
    if (!openedNow)
      key.command(window.incident, {
        ...{ do: 'acknowledge', generation: window.generation },
        by: takerOf(answer.from, taking?.signal.by),
      });
  }
}

function tell(
  draft: Draft,
  key: KeyDraft,
  window: Window,
  head: AlertHead,
  at: Instant,
  membership: Membership,
): void {
  const { severity = window.severity } = head;
  draft.put(head, key);
  key.entry(window.incident, entryOf(head, at, severity, membership, draft.loaded.flapping));
}

/**
 * The windows that this occurrence is in: one of each key that it came through, and besides the open one, which it may have come
 * into too late. Its own incident may have been merged into another meanwhile, so it is found by time; what came too late fired
 * before its own window begins.
 */
function windowsOf(draft: Draft, head: AlertHead, occurrenceUnder: (under: Under) => Occurrence | undefined) {
  const seen = new Set<string>();
  return head.memberships.flatMap((membership) => {
    const occurrence = occurrenceUnder({ hash: membership.correlation });
    if (!occurrence) return [];
    const first = draft.key(membership.correlation);
    const own = windowOf(first.guard, membership.incident);
    const isOwn = own && isIn(own, head, membership, occurrence);
    const { key, window } = isOwn
      ? { key: first, window: own }
      : (mergedInto(draft, first, head, { occurrence, membership }) ?? { key: first, window: undefined });
    key.asked.add(head.fingerprint);
    if (!window || seen.has(window.incident)) return [];
    const isBeside = window === own && isOpenWindow(window);
    if (!isBeside && seen.has(key.hash)) return [];
    seen.add(window.incident);
    if (!isBeside) seen.add(key.hash);
    return [{ membership, key, window }];
  });
}

interface Belonging {
  readonly occurrence: Occurrence;
  readonly membership: Membership;
}

/**
 * The window that an occurrence is in now: that which took in its incident, though it may begin later; else, of its own key or of one
 * that its alerts were sent on to, that of its time; else what is open of the key that its own was merged into.
 */
function mergedInto(draft: Draft, own: KeyDraft, head: AlertHead, { occurrence, membership }: Belonging) {
  const { incident, correlation } = membership;
  const chain = draft.chain(own).map((key, i, all) => ({ key, there: windowsOver(key, all[i - 1]) }));
  const found = (pick: (there: Guard) => Window | undefined) => {
    for (const { key, there } of chain) {
      const window = pick(there);
      if (window) return { key, window };
    }
    return undefined;
  };
  return (
    found((there) => {
      const window = windowWith(there, incident);
      return window && isIn(window, head, membership, occurrence) ? window : undefined;
    }) ??
    found((there) => windowAt(there, occurrence.last, incident)) ??
    found(({ took, windows }) =>
      took?.includes(correlation)
        ? windows.find((one) => isKeptOpen(one, head, membership, occurrence))
        : undefined,
    )
  );
}

/** A guard with the windows that another key leads to; with all when there is none. */
const windowsOver = ({ guard }: KeyDraft, before: KeyDraft | undefined): Guard =>
  before?.guard.link ? { ...guard, windows: ledTo(before.guard.link, guard.windows) } : guard;

/** Whether it is the alert's last one, with which it came so late into the open window that all of it lies before. */
const isKeptOpen = (
  own: Window,
  head: AlertHead,
  { correlation: hash }: Membership,
  { from }: Occurrence,
): boolean =>
  isOpenWindow(own) &&
  [occurrencesOf(head).at(-1), placedOccurrences(head, { hash }).at(-1)].some((last) => last?.from === from);

const isIn = (own: Window, head: AlertHead, membership: Membership, occurrence: Occurrence): boolean =>
  (own.from <= (occurrence.to ?? own.from) && occurrence.last <= (own.to ?? occurrence.last)) ||
  isKeptOpen(own, head, membership, occurrence);
