import { type IntegrationId, minuteOf, SECOND } from '../kernel/index.ts';
import type { Draft, KeyDraft } from './draft.ts';
import type { Match, Received } from './match.ts';
import { openIncident } from './opening.ts';
import { joinWindow } from './place.ts';
import type { Placing } from './placing.ts';
import { type Rule, ruleSchema } from './rule.ts';
import { shortName, stormHash } from './storm-counts.ts';

const stormRule: Rule = ruleSchema.parse({ id: 'storm', name: 'Alert storm' });

/**
 * Puts an alert that would open an incident of its own into the storm of its integration, when too many others did in the same
 * minute, or in the one before. Its repeats follow it there. False when it may open its own, which is counted.
 */
export function joinStorm(
  draft: Draft,
  own: KeyDraft,
  match: Match,
  placing: Placing,
  { from }: Received,
): boolean {
  const { integration, receivedAt } = from;
  const { storm } = draft.loaded;
  if (!storm) return false;
  const minute = minuteOf(receivedAt);
  const count = draft.counts.in(integration, minute);
  const name = shortName(placing.fingerprint);
  const isFull = (one: { readonly size: number }): boolean => one.size >= storm.limit;
  const isAmong = count.has(name) || !isFull(count);
  // Counted also in a storm, so that this goes on for as long as they keep coming.
  if (!isFull(count)) draft.counts.add(integration, minute, name);
  if (isAmong && !isFull(draft.counts.in(integration, minute - 1))) return false;
  const policy = policyOf(draft, match, placing);
  // What one alert says of itself is not the description of them all.
  const { description: _, ...each } = placing;
  place(draft, own, stormMatch({ ...match, ...(policy && { policy }) }, integration, storm.limit), each);
  return true;
}

/** Who would be paged about the alert by itself: as its rule says, else the owner of its service. */
function policyOf(draft: Draft, { policy, service }: Match, { fingerprint }: Placing): string | undefined {
  if (policy !== undefined) return policy;
  return draft.loaded.correlating?.graph.ownerOf(service ?? draft.head(fingerprint)?.service);
}

function place(draft: Draft, own: KeyDraft, match: Match, placing: Placing): void {
  const key = draft.key(match.hash, match.rule.id);
  key.asked.add(placing.fingerprint);
  key.group(match);
  key.page(own.pageAt ?? draft.now);
  const head = draft.head(placing.fingerprint);
  if (head) draft.put({ ...head, pin: key.hash }, key);
  if (!joinWindow(draft, key, match, placing)) openIncident(draft, key, match, [placing]);
}

/** It is for those whom the alert that opens it is for. */
function stormMatch(match: Match, integration: IntegrationId, limit: number): Match {
  const { group } = stormRule;
  const { severity, isLow, policy, escalateAfter, runbook } = match;
  return {
    ...{ rule: stormRule, does: 'open', severity },
    ...(isLow && { isLow }),
    ...(policy !== undefined && { policy }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(runbook !== undefined && { runbook }),
    ...{ hash: stormHash(integration), via: match.hash, key: `integration=${integration}` },
    window: group.window * SECOND,
    title: `Alert storm: more than ${limit} new alerts within a minute from one source`,
    service: '',
    why: `Over ${limit} new alerts of integration ${integration} opened incidents within a minute, so this one is in its storm`,
  };
}
