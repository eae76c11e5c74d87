import { alerts, configured, facts, me, members, open, resolved } from './sample.ts';
import type { Answered, Call } from './stub-api.ts';

const [first] = open;

/** Answers about the person and the organisation, as for a member of one. */
export function organisation({ path }: Call, role?: Parameters<typeof me>[1]): Answered | undefined {
  if (path === '/api/me') return { body: me(1, role) };
  if (path === '/api/config') return { body: configured };
  return path === '/api/members' ? { body: members } : undefined;
}

/** Answers about the sample's incidents, and about the first of them. */
export function incidents({ path, query }: Call): Answered | undefined {
  if (path === '/api/incidents')
    return { body: { items: (query.state === 'open' ? open : resolved).map(listed) } };
  if (path === `/api/incidents/${first?.id}`) return { body: first };
  if (path.endsWith('/alerts')) return { body: alerts };
  return path.endsWith('/facts')
    ? { body: { items: facts.slice(Number(query.after)), last: facts.length } }
    : undefined;
}

/** An incident as lists show it. */
export const listed = ({ alerts: _, ...incident }: (typeof open)[number]) => incident;
