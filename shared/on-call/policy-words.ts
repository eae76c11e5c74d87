import type { PagingRecord } from './paging-record.ts';

/** A policy as sentences name it. */
export const policyName = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  `policy '${name}' (${id})`;

/** By which escalation policy an incident pages, and why by that one, as it is configured now. */
export function policyWords({ incident, policy }: Pick<PagingRecord, 'incident' | 'policy'>): string {
  if (policy && incident.policy !== undefined)
    return `It pages by ${policyName(policy)}, which its rule names, or the owner of its service, or who declared it.`;
  if (policy)
    return `It pages by ${policyName(policy)}, the first one, since neither its rule nor the owner of its service names another.`;
  return incident.policy === undefined
    ? 'No escalation policy is configured, so the administrators are paged.'
    : `Its escalation policy '${incident.policy}' is not configured any more, so the administrators are paged.`;
}

/** Whether an incident pages at all: else there is no policy to tell of. */
export const hasPages = ({ incident, facts, pages, before }: PagingRecord): boolean =>
  pages.length > 0 ||
  (before?.pages.length ?? 0) > 0 ||
  facts.some(({ type }) => type === 'incident.escalated') ||
  (incident.state === 'triggered' && incident.next !== undefined);
