import { splitFrom } from '../incidents/index.ts';
import type { PagingRecord } from './paging-record.ts';

/** A policy as sentences name it. */
export const policyName = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  `policy '${name}' (${id})`;

/** By which escalation policy an incident pages, and why by that one, as it is configured now. */
export function policyWords({
  incident,
  policy,
  namedBy,
}: Pick<PagingRecord, 'incident' | 'policy' | 'namedBy'>): string {
  if (policy && incident.policy !== undefined)
    return `It pages by ${policyName(policy)}${namedBy === undefined ? '' : `, ${namedBy}`}.`;
  if (policy)
    return `It pages by ${policyName(policy)}, the first one, since neither its rule nor the owner of its service names another.`;
  return incident.policy === undefined
    ? 'No escalation policy is configured, so the administrators are paged.'
    : `Its escalation policy '${incident.policy}' is not configured any more, so the administrators are paged.`;
}

/** What of a configuration names policies. */
interface Naming {
  readonly rules: readonly {
    readonly id: string;
    readonly name: string;
    readonly actions: {
      readonly assignToTeam?: string | undefined;
      readonly set?: { readonly team?: string | undefined } | undefined;
    };
  }[];
  readonly services: readonly { readonly id: string; readonly owner?: string | undefined }[];
}

/**
 * What names the policy of an incident, in words that follow the policy; undefined when nothing is known to. Of the rules only the one that
 * opened it, while it still assigns that policy: others that do today had no part in it.
 */
export function namerOf(
  { policy, correlation, service, openedBy }: PagingRecord['incident'],
  { rules, services }: Naming,
): string | undefined {
  if (policy === undefined) return undefined;
  const rule = rules.find(({ id }) => id === correlation?.rule);
  if (rule && [rule.actions.assignToTeam, rule.actions.set?.team].includes(policy))
    return `to which rule '${rule.name}' assigns`;
  if (services.find(({ id }) => id === service)?.owner === policy) return `which owns service '${service}'`;
  const source = splitFrom(correlation);
  if (source !== undefined) return `as ${source} did, from which it was split off`;
  if (openedBy.kind !== 'system') return 'which was chosen when it was declared';
  return correlation?.rule === STORM ? 'which is for the alert with which the storm began' : undefined;
}

/** What correlations call the rule of a storm. */
const STORM = 'storm';

/** Whether an incident pages at all: else there is no policy to tell of. */
export const hasPages = ({ incident, facts, pages, before }: PagingRecord): boolean =>
  pages.length > 0 ||
  (before?.pages.length ?? 0) > 0 ||
  facts.some(({ type }) => type === 'incident.escalated') ||
  (incident.state === 'triggered' && incident.next !== undefined);
