import { type Instant, isSame } from '../kernel/index.ts';
import type { AlertHead, Membership } from './alert-head.ts';
import type { Guard } from './guard.ts';
import { type Match, matchRule, type Received } from './match.ts';
import type { Rule } from './rule.ts';

/** The beginning of the key under which a rule puts a firing; empty where the rule keeps it without an incident. */
export type Route = string;

/** Which firings of an alert go where by their rules, each time sorted. */
export type Routes = readonly (readonly [route: Route, ...times: readonly Instant[]])[];

/** A key; and the time of a firing that is known to go there, if one is. */
export type Under = Pick<Guard, 'hash' | 'took'> & { readonly at?: Instant };

/** What a head knows of where its firings go. */
type Routed = Pick<AlertHead, 'firings' | 'resolves' | 'memberships' | 'routes' | 'pin'>;

const NOWHERE: Route = '';

/** So many ways one firing may go: by how severe it was said to be at once, and as rules change while it is repeated. */
const MOST_WAYS = 3;
const ANYWHERE: Route = '*';

/** Enough to tell the few keys of one alert apart. */
const LENGTH = 12;

const routeTo = (hash: string): Route => hash.slice(0, LENGTH);
const routeOf = ({ does, hash }: Match): Route => (does === 'open' ? routeTo(hash) : NOWHERE);

/** The key of the rule that brought an alert into an incident, where that is of another key. */
export const wayInto = (match: Match, hash: string): Pick<Membership, 'via'> => {
  const via = routeTo(match.via ?? match.hash);
  return via === routeTo(hash) ? {} : { via };
};

/** The membership when its alert comes into the incident this way, too: which of its firings did is noted no more when there are several. */
export const alsoBy = (member: Membership, { via }: Pick<Membership, 'via'>): Membership =>
  member.via === via || member.via === ANYWHERE ? member : { ...member, via: ANYWHERE };

const routeOfMember = ({ via, correlation }: Membership): Route => via ?? routeTo(correlation);

/**
 * The head with where these firings go. A rule may ask how severe an alert is, so one that fires once more may go elsewhere; then it
 * holds open only what it came into. The same object when it says so already.
 */
export function withRoutes(
  head: AlertHead,
  before: AlertHead | undefined,
  firings: readonly Received[],
  rules: readonly Rule[],
): AlertHead {
  if (firings.length === 0 && before?.firings === head.firings) return head;
  const told = firings.map((one): RoutedFiring => [wayOf(rules, one), one.signal.at]);
  return goesOneWay(head, before, told) ? head : withWays(head, before, told);
}

/** The head with which of its firings go where, by all that is known and told; the same object when it says so already. */
export function withWays(
  head: AlertHead,
  before: AlertHead | undefined,
  told: readonly RoutedFiring[],
): AlertHead {
  const known = before === undefined ? [] : (before.routes ?? impliedRoutes(before));
  const all = [...known.flatMap(([route, ...times]) => times.map((at) => [route, at] as const)), ...told];
  const kept = all.flatMap(([route, at]) => {
    const time = standsFor(head, at);
    return time === undefined ? [] : [[route, time] as const];
  });
  const routes = [...Map.groupBy(bounded(kept), ([route]) => route)]
    .map(([route, ones]) => [route, ...sortedSet(ones.map(([, at]) => at))] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const isSaid = isSame(head.routes ?? impliedRoutes(head), routes);
  return isSaid ? head : { ...head, routes };
}

/** A firing's way and time. */
export type RoutedFiring = readonly [route: Route, at: Instant];

/** Whether all that is known goes one way, which the incidents tell: so with most alerts, which need no more than this question. */
export function goesOneWay(
  head: AlertHead,
  before: AlertHead | undefined,
  told: readonly RoutedFiring[],
): boolean {
  const { memberships = [], firings = [] } = before ?? {};
  if (head.routes || before?.routes || (firings.length > 0 && memberships.length === 0)) return false;
  const ways = new Set([
    ...told.map(([route]) => route),
    ...[...memberships, ...head.memberships].map(routeOfMember),
  ]);
  return ways.size === 1 && head.memberships.length > 0;
}

/** Each once; what goes too many ways counts wherever the alert is. */
function bounded(all: readonly (readonly [Route, Instant])[]): readonly (readonly [Route, Instant])[] {
  return [...Map.groupBy(all, ([, at]) => at)].flatMap(([at, ones]) => {
    const ways = new Set(ones.map(([route]) => route));
    const isAnywhere = ways.has(ANYWHERE) || ways.size > MOST_WAYS;
    return [...(isAnywhere ? [ANYWHERE] : ways)].map((route) => [route, at] as const);
  });
}

/** Where the rules put a firing. */
export const wayOf = (rules: readonly Rule[], firing: Received): Route => routeOf(matchRule(rules, firing));

/** The firings of a head that are known to go this way; none where it is not known which did. */
export function firingsOn(head: Routed, way: Route): readonly Instant[] {
  const [, ...times] = (head.routes ?? impliedRoutes(head)).find(([route]) => route === way) ?? [way];
  return way === ANYWHERE ? [] : times;
}

/** The head without them, where its incidents tell the same: most alerts go one way. */
export function withoutSameRoutes(head: AlertHead): AlertHead {
  const { routes, ...rest } = head;
  return routes && isSame(routes, impliedRoutes(rest)) ? rest : head;
}

/** Of a head that says nothing of it, all firings go where its memberships say, when these say one. */
function impliedRoutes({ firings, memberships }: Routed): Routes {
  const [route, ...others] = new Set(memberships.map(routeOfMember));
  return route === undefined || others.length > 0 || firings.length === 0 ? [] : [[route, ...firings]];
}

/** The firing of a head that stands for one which it may have given up: the next before it that nothing ended since, else after it. */
function standsFor({ firings, resolves }: Routed, at: Instant): Instant | undefined {
  if (firings.includes(at)) return at;
  const before = firings.findLast((one) => one < at);
  if (before !== undefined && !resolves.some((end) => before <= end && end < at)) return before;
  const after = firings.find((one) => one > at);
  return after !== undefined && !resolves.some((end) => at <= end && end < after) ? after : undefined;
}

/** Each time once, in order. */
export const sortedSet = (times: readonly Instant[]): readonly Instant[] =>
  [...new Set(times)].sort((a, b) => a - b);

/**
 * Whether a firing of this time counts under a key, or, without one, for incidents at all. What nothing is known of counts, and so
 * does all of an alert that a person sent here.
 */
export function countsUnder(head: Routed, under: Under | undefined): (at: Instant) => boolean {
  const { routes } = head;
  if (!routes) return () => true;
  const leadsHere = under ? waysTo(head, routes, under) : undefined;
  return (at) => {
    const ways = waysOf(routes, at);
    if (ways.length === 0 || ways.includes(ANYWHERE)) return true;
    return ways.some((route) => route !== NOWHERE && (leadsHere?.has(route) ?? true));
  };
}

const waysOf = (routes: Routes, at: Instant): readonly Route[] =>
  routes.filter(([, ...times]) => times.includes(at)).map(([route]) => route);

/** The routes that lead to a key; undefined when all do, or it is not known which. */
function waysTo(
  { memberships, pin }: Routed,
  routes: Routes,
  { hash, took = [], at }: Under,
): ReadonlySet<Route> | undefined {
  const here = [hash, ...took];
  const own = memberships.filter(({ correlation }) => here.includes(correlation));
  if (pin !== undefined && here.includes(pin)) return undefined;
  if (own.length === 0 && at === undefined) return undefined;
  if (own.some(({ via }) => via === ANYWHERE)) return undefined;
  const known = at === undefined ? [] : waysOf(routes, at);
  return new Set([...here.map(routeTo), ...own.map(routeOfMember), ...known]);
}
