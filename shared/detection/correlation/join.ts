import { worse } from '../../alerts/index.ts';
import { needsHuman } from '../../incidents/index.ts';
import { cut, type Instant } from '../../kernel/index.ts';
import type { Loaded } from '../decision.ts';
import type { Draft, KeyDraft } from '../draft.ts';
import { chainOf, type Guard, isOpenWindow, type Link, ledTo, touching, windowOf } from '../guard.ts';
import { isLate } from '../late.ts';
import { type Match, matchRule, type Received } from '../match.ts';
import { openIncident } from '../opening.ts';
import { joinWindow } from '../place.ts';
import { endOf, type Placing } from '../placing.ts';
import type { Rule } from '../rule.ts';
import { type Evidence, evidenceFor, type OpenIncident } from './link.ts';
import { isStillAlike } from './still.ts';

/** A firing as far as it decides which windows it touches. */
export interface Firing {
  readonly at: Instant;
  readonly goesOn: boolean;
}

/**
 * The key whose windows a firing of this one belongs to: its own while one is open there, else that which its alerts were sent on to,
 * as far as the windows of then reach.
 */
export function followed(draft: Draft, own: KeyDraft, firing: Firing): KeyDraft {
  if (touching(own.guard, firing).some(isOpenWindow)) return own;
  return linkedTo(draft, own, firing) ?? own;
}

/** The first key along its links that takes a firing. */
export function linkedTo(draft: Draft, own: KeyDraft, firing: Firing): KeyDraft | undefined {
  const chain = draft.chain(own);
  return chain.find(({ guard }, i) => leadsTo(chain[i - 1]?.guard.link, guard, firing));
}

/** Whether a link leads a firing into a window of the guard. */
const leadsTo = (link: Link | undefined, guard: Guard, firing: Firing): boolean =>
  link !== undefined && ledTo(link, touching(guard, firing)).length > 0;

/** The match under the key that it was sent on to. */
export function sentOn(match: Match, own: KeyDraft, key: KeyDraft): Match {
  const { link } = own.guard;
  if (key === own || !link) return match;
  return joinedBy(link, match, key);
}

const joinedBy = (
  { why, score }: Pick<Evidence, 'why' | 'score'>,
  match: Match,
  { hash }: KeyDraft,
): Match => ({
  ...match,
  ...{
    hash,
    via: match.via ?? match.hash,
    score,
    why: cut(`${why} (${score.toFixed(2)}); ${match.why}`, 200),
  },
});

/** Puts alerts that belong to no window of their key into an open incident with the same cause, else into a new one, unless they go elsewhere. */
export function openOrJoin(
  draft: Draft,
  own: KeyDraft,
  match: Match,
  members: readonly Placing[],
  isElsewhere = (): boolean => false,
): void {
  const found = causeOf(draft, own, match, members);
  if (!found) {
    if (!isElsewhere()) openIncident(draft, own, match, members);
    return;
  }
  const { key, incident, evidence, service } = found;
  const { origin, ...link } = evidence;
  own.linkTo(key, { ...link, to: key.hash, at: Math.max(...members.map(({ at }) => at)) });
  for (const hash of own.asked) key.asked.add(hash);
  if (own.pageAt !== undefined) key.page(own.pageAt);
  const joined = joinedBy(evidence, match, key);
  for (const placing of members)
    joinWindow(draft, key, joined, { ...placing, receivedAt: placing.receivedAt ?? draft.now });
  if (origin !== undefined && origin !== incident.service && origin !== incident.origin)
    key.command(incident.id, { do: 'suspect', service: origin, why: evidence.why, score: evidence.score });
  if (service !== undefined && service !== incident.service && !incident.reached.includes(service)) {
    const worst = members.map((one) => one.severity).reduce(worse);
    const pages = !match.isLow && needsHuman(worst);
    const pageAt = pages ? own.firstPage(worst, draft.now) : undefined;
    const { why, score } = evidence;
    key.command(incident.id, { do: 'reach', service, why, score, ...(pages && { pageAt }) });
  }
}

/** The open incident that most likely has the same cause. What comes too late to be put in its order looks for none. */
function causeOf(draft: Draft, own: KeyDraft, match: Match, members: readonly Placing[]) {
  const { correlating, neighbours, quiets = [] } = draft.loaded;
  const [first] = members.toSorted((a, b) => a.at - b.at);
  const head = first && draft.head(first.fingerprint);
  if (!correlating || !head || !own.isUntouched || members.every(({ at }) => isLate(at, draft.now)))
    return undefined;
  const { title = head.title ?? '', service = head.service } = match;
  const concern = { title, at: first.at, ...(service !== undefined && { service }) };
  const known = [...(neighbours?.get(own.hash) ?? []), ...draft.openings()];
  return known
    .flatMap((loaded) => {
      const key = keyOf(draft, loaded);
      const origin = key?.suspected(loaded.id) ?? loaded.origin;
      const reached = [...(loaded.reached ?? []), ...(key?.reached(loaded.id) ?? [])];
      const incident = { ...loaded, reached, ...(origin !== undefined && { origin }) };
      const evidence = evidenceFor(concern, incident, correlating);
      const isSure = evidence !== undefined && evidence.score >= correlating.settings.joinAt;
      return isSure && key && key !== own ? [{ evidence, key, incident, service }] : [];
    })
    .filter(({ incident }) => isStillAlike({ ...concern, reached: [] }, incident, quiets, draft.now))
    .filter(({ key, incident }) => isJoinable(draft, key, incident, first))
    .toSorted((a, b) => b.evidence.score - a.evidence.score || (a.incident.id < b.incident.id ? -1 : 1))[0];
}

function keyOf(draft: Draft, { id, correlation }: OpenIncident): KeyDraft | undefined {
  if (!correlation) return undefined;
  const key = draft.key(correlation.hash, correlation.rule);
  return windowOf(key.guard, id) && !key.isLinkedNow ? key : undefined;
}

/** Whether the incident is open by its guard, and reaches the firing. */
function isJoinable(draft: Draft, { guard }: KeyDraft, { id }: OpenIncident, firing: Placing): boolean {
  const window = windowOf(guard, id);
  const goesOn = endOf(draft, firing) === undefined;
  return (
    window !== undefined &&
    isOpenWindow(window) &&
    touching(guard, { at: firing.at, goesOn }).some(({ incident }) => incident === id)
  );
}

/** A firing that looks for its place, by what a load knows of it. */
interface Looking {
  readonly match: Match;
  readonly at: Instant;
  readonly service?: string;
}

/** What a load must know of a firing to see where it may go. */
export function lookingFor(rules: readonly Rule[], firing: Received): Looking {
  const match = matchRule(rules, firing);
  const service = match.service ?? firing.signal.service;
  return { match, at: firing.signal.at, ...(service !== undefined && { service }) };
}

/** A key that may open an incident, and the service that this would be about. */
export interface Opening {
  readonly hash: string;
  readonly service: string;
}

/** The keys that may open an incident beside others that are not loaded yet. */
export function needNeighbours(
  { guards, correlating, neighbours }: Loaded,
  firings: readonly Looking[],
): readonly Opening[] {
  if (!correlating) return [];
  const needed = new Map<string, string>();
  for (const { match, at, service } of firings) {
    if (match.does !== 'open' || service === undefined || neighbours?.has(match.hash)) continue;
    const isPlaced = isTaken(guards, match.hash, { at, goesOn: true });
    if (!isPlaced && !needed.has(match.hash)) needed.set(match.hash, service);
  }
  return [...needed].map(([hash, service]) => ({ hash, service }));
}

/** Whether a window of the key, or of one that it was sent on to, takes a firing. */
function isTaken(guards: ReadonlyMap<string, Guard>, own: string, firing: Firing): boolean {
  const first = guards.get(own);
  if (!first) return false;
  const chain = chainOf(first, (hash) => guards.get(hash));
  return (
    touching(first, firing).length > 0 || chain.some((guard, i) => leadsTo(chain[i - 1]?.link, guard, firing))
  );
}
