import type { Severity } from '../../alerts/index.ts';
import type { Instant } from '../../kernel/index.ts';
import { type Changed, changedOf, changedWords, type Pair, type PolicyNames } from './changed.ts';
import { type Links, linksOf } from './links.ts';
import type { Outcome, SimulatedIncident } from './outcome.ts';
import { inWords, policyName } from './words.ts';

/** How many there are, and the first of them. */
export interface Listed<One> {
  readonly total: number;
  readonly examples: readonly One[];
}

/** Examples of each kind that a difference shows, and other incidents that each names at most. */
export const MOST_EXAMPLES = 10;
const MOST_PARTS = 5;

/** An incident in short. */
export interface Brief {
  readonly title: string;
  readonly severity: Severity;
  readonly service?: string;
  readonly rule: string;
  readonly key: string;
  readonly policy?: string;
  readonly escalateAfter?: number;
  readonly urgency?: 'low';
  readonly runbook?: string;
  readonly openedAt: Instant;
  readonly endedAt?: Instant;
  readonly alerts: number;
  /** How many first pages: one for each time it opened and needed somebody. */
  readonly pages: number;
  /** When the first of these came; absent where none did. */
  readonly firstPageAt?: Instant;
}

/** One incident of both rule sets, and what of it differs, each in words such as `would end at another time: 25 min sooner`. */
export interface Otherwise {
  readonly active: Brief;
  readonly draft: Brief;
  readonly how: readonly string[];
}

/** One incident that would be several, or several that would be one. */
export interface Regrouped {
  readonly one: Brief;
  readonly parts: Listed<Brief>;
}

/** What one rule set made of the signals, in numbers. */
export interface Tally {
  readonly incidents: number;
  readonly pages: number;
  readonly reopened: number;
  /** Alerts that fired and are in no incident. */
  readonly without: number;
}

/** An alert, or one time that it fired, of which something comes under one rule set and nothing under the other; why nothing. */
export interface Stray {
  readonly title: string;
  readonly service?: string;
  readonly firedAt: Instant;
  readonly why: string;
}

/** First pages by the policy that they follow; without a policy's name, by the first one. */
export interface PagesOfPolicy {
  readonly policy?: string;
  readonly active: number;
  readonly draft: number;
}

/** Who takes what no rule assigns: the id of the first policy, under each rule set; absent: the administrators. And what policies are called, by id. */
export interface FirstPolicies {
  readonly active?: string | undefined;
  readonly draft?: string | undefined;
  readonly names?: ReadonlyMap<string, string>;
}

/** What a draft of rules would change of what the active ones make of the same signals. */
export interface Difference {
  readonly words: readonly string[];
  readonly signals: number;
  readonly alerts: number;
  readonly active: Tally;
  readonly draft: Tally;
  /** Incidents of which no alert is in one of the other rule set at that time. */
  readonly onlyActive: Listed<Brief>;
  readonly onlyDraft: Listed<Brief>;
  /** Incidents of the draft that are several of the active rules, and the other way round. */
  readonly merged: Listed<Regrouped>;
  readonly split: Listed<Regrouped>;
  readonly severity: Listed<{ readonly active: Brief; readonly draft: Brief }>;
  /** Incidents that page or end at another time, or of which something else differs that is not their alerts or severity. */
  readonly otherwise: Listed<Otherwise>;
  readonly policies: readonly PagesOfPolicy[];
  /** Incidents that paged somebody, and would have paged nobody; and the other way round. */
  readonly unpaged: Listed<Brief>;
  readonly newlyPaged: Listed<Brief>;
  /** Each time that an alert fired for which somebody is paged, and nobody would be; and the other way round. */
  readonly missed: Listed<Stray>;
  readonly caught: Listed<Stray>;
  /** Alerts that would be in no incident although they are in one; and the other way round. */
  readonly unplaced: Listed<Stray>;
  readonly placed: Listed<Stray>;
}

/**
 * Compares what two rule sets make of the same signals. Its size is bounded, however many there were. `lacking` says in sentences what
 * of that which was asked for was not played.
 */
export function differenceOf(
  active: Outcome,
  draft: Outcome,
  lacking: readonly string[] = [],
  first: FirstPolicies = {},
): Difference {
  const links = linksOf(active.incidents, draft.incidents);
  const pairs = pairsOf(active, links);
  const changed = changedOf(pairs, policyNames(first));
  const rest = {
    ...{ signals: active.signals, alerts: active.alerts.size },
    ...{ active: tallyOf(active), draft: tallyOf(draft) },
    ...groupsOf(active, draft, links),
    ...pairedOf(pairs, changed),
    ...pagesOf(active, draft, links, first),
    missed: listed(unheard(draft, active), (stray) => stray),
    caught: listed(unheard(active, draft), (stray) => stray),
    unplaced: listed(strays(draft, active), (stray) => stray),
    placed: listed(strays(active, draft), (stray) => stray),
  };
  return {
    words: inWords(rest, { lacking, names: first.names, gaps: draft.gaps, changed: changedWords(changed) }),
    ...rest,
  };
}

function groupsOf(
  { incidents: active }: Outcome,
  { incidents: draft }: Outcome,
  { ofActive, ofDraft }: Links,
) {
  const regrouped = (incidents: readonly SimulatedIncident[], links: Links['ofActive']) =>
    listed(
      incidents.filter((incident) => (links.get(incident)?.length ?? 0) > 1),
      (incident) => ({
        one: briefOf(incident),
        parts: listed(links.get(incident) ?? [], briefOf, MOST_PARTS),
      }),
    );
  return {
    onlyActive: listed(
      active.filter((incident) => !ofActive.has(incident)),
      briefOf,
    ),
    onlyDraft: listed(
      draft.filter((incident) => !ofDraft.has(incident)),
      briefOf,
    ),
    merged: regrouped(draft, ofDraft),
    split: regrouped(active, ofActive),
  };
}

/** The incidents of which each is just one of the other rule set. */
function pairsOf({ incidents }: Outcome, { ofActive, ofDraft }: Links): readonly Pair[] {
  const one = (links: Links['ofActive'], incident: SimulatedIncident) => {
    const [first, ...more] = links.get(incident) ?? [];
    return more.length === 0 ? first : undefined;
  };
  return incidents.flatMap((incident) => {
    const other = one(ofActive, incident);
    return other && one(ofDraft, other) === incident ? [{ active: incident, draft: other }] : [];
  });
}

function pairedOf(pairs: readonly Pair[], changed: readonly Changed[]) {
  const briefs = ({ active, draft }: Pair) => ({ active: briefOf(active), draft: briefOf(draft) });
  return {
    severity: listed(
      pairs.filter(({ active, draft }) => active.severity !== draft.severity),
      briefs,
    ),
    otherwise: listed(changed, ({ how, ...pair }) => ({
      ...briefs(pair),
      how: how.map(({ words, what }) => `${words}: ${what}`),
    })),
  };
}

/** What policies are called; what no rule assigns takes the first. */
function policyNames({ names, ...first }: FirstPolicies): PolicyNames {
  const named =
    (set: 'active' | 'draft') =>
    ({ policy = first[set] }: SimulatedIncident) =>
      policyName(policy, names);
  return { active: named('active'), draft: named('draft') };
}

function pagesOf(
  { incidents: active }: Outcome,
  { incidents: draft }: Outcome,
  { ofActive, ofDraft }: Links,
  first: FirstPolicies,
) {
  const quiet = (incidents: readonly SimulatedIncident[], links: Links['ofActive']) =>
    incidents.filter(
      (incident) =>
        incident.pages.length > 0 && (links.get(incident) ?? []).every(({ pages }) => pages.length === 0),
    );
  const counts = new Map<string | undefined, { active: number; draft: number }>();
  for (const [name, incidents] of [
    ['active', active],
    ['draft', draft],
  ] as const)
    for (const { policy = first[name], pages } of incidents) {
      if (pages.length === 0) continue;
      const known = counts.get(policy) ?? { active: 0, draft: 0 };
      counts.set(policy, { ...known, [name]: known[name] + pages.length });
    }
  const change = (one: PagesOfPolicy): number => Math.abs(one.draft - one.active);
  const policies = [...counts].map(([policy, count]) => ({
    ...(policy !== undefined && { policy }),
    ...count,
  }));
  return {
    policies: policies.sort((a, b) => change(b) - change(a)).slice(0, 2 * MOST_EXAMPLES),
    unpaged: listed(quiet(active, ofActive), briefOf),
    newlyPaged: listed(quiet(draft, ofDraft), briefOf),
  };
}

/** What is in no incident under one rule set, and in one under the other. */
function strays(without: Outcome, within: Outcome): readonly Stray[] {
  const out = new Set(within.unplaced.map(({ fingerprint }) => fingerprint));
  return without.unplaced
    .filter(({ fingerprint }) => !out.has(fingerprint))
    .map(({ fingerprint: _, ...stray }) => stray);
}

/** What nobody is paged for under one rule set, and somebody under the other. Both were told the same, in the same order. */
function unheard(without: Outcome, within: Outcome): readonly Stray[] {
  return without.firings.flatMap(({ isWoken, fingerprint: _, ...stray }, i) =>
    !isWoken && within.firings[i]?.isWoken ? [stray] : [],
  );
}

const tallyOf = ({ incidents, unplaced }: Outcome): Tally => ({
  incidents: incidents.length,
  pages: incidents.reduce((sum, { pages }) => sum + pages.length, 0),
  reopened: incidents.reduce((sum, { reopened }) => sum + reopened, 0),
  without: unplaced.length,
});

function briefOf({ id: _, reopened: _again, alerts, pages, ...rest }: SimulatedIncident): Brief {
  const [firstPageAt] = pages;
  return {
    ...{ ...rest, alerts: alerts.length, pages: pages.length },
    ...(firstPageAt !== undefined && { firstPageAt }),
  };
}

function listed<One, Shown>(
  all: readonly One[],
  show: (one: One) => Shown,
  most: number = MOST_EXAMPLES,
): Listed<Shown> {
  return { total: all.length, examples: all.slice(0, most).map(show) };
}
