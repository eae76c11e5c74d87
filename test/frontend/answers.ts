import { clockOf } from './clock-sample.ts';
import { heartbeats } from './heartbeat-sample.ts';
import { integrations } from './integration-sample.ts';
import { alerts, catalogue, configured, facts, me, members, onCall, open, resolved } from './sample.ts';
import { finalSchedules, overrides, ownChannels, paging } from './schedule-sample.ts';
import { maintenanceWindows, silences } from './silence-sample.ts';
import { publicStatus, status } from './status-sample.ts';
import { type Answered, type Call, refusal } from './stub-api.ts';

const [first] = open;

/** Answers about the room of an incident: it begins with the facts of the sample, and its socket is the stub's. */
export function room({ path }: Call): Answered | undefined {
  if (path === '/api/war-room/tickets')
    return { status: 201, body: { ticket: 't', expiresAt: '2100-01-01T00:00:00Z' } };
  if (path.endsWith('/video')) return refusal(404, 'not_found', 'There is no video link.');
  return path.endsWith('/room') ? { body: { last: facts.length, parts: [], facts } } : undefined;
}

const standing: Readonly<Record<string, unknown>> = {
  '/api/config': configured,
  '/api/members': members,
  '/api/services': catalogue,
  '/api/on-call': onCall,
  '/api/on-call/test-notification': ownChannels,
  '/api/integrations': integrations,
  '/api/heartbeats': heartbeats,
  '/api/silences': silences,
  '/api/maintenance': maintenanceWindows,
  '/api/status': status,
  '/api/status/public': publicStatus,
};

/** Answers about schedules and who takes over in them. */
function schedules({ method, path }: Call): Answered | undefined {
  const [, id = '', more] = /^\/api\/schedules\/([^/]+)(\/overrides)?/.exec(path) ?? [];
  if (id === '') return undefined;
  if (more !== undefined) {
    if (method === 'GET') return { body: id === 'primary' ? overrides : { items: [] } };
    return method === 'POST' ? { status: 201, body: overrides.items[0] } : { status: 204, body: undefined };
  }
  return { body: finalSchedules[id] };
}

/** Answers about the person and the organisation, as for a member of one. */
export function organisation({ method, path }: Call, role?: Parameters<typeof me>[1]): Answered | undefined {
  if (path === '/api/me') return { body: me(1, role) };
  const clock = /^\/api\/incidents\/([^/]+)\/metrics$/.exec(path)?.[1];
  if (clock !== undefined) return { body: clockOf(clock) };
  const own = schedules({ method, path } as Call);
  if (own) return own;
  return method === 'GET' && Object.hasOwn(standing, path) ? { body: standing[path] } : undefined;
}

/** Answers about the sample's incidents, and about the first of them. */
export function incidents(call: Call): Answered | undefined {
  const { path, query } = call;
  if (path === '/api/incidents')
    return { body: { items: (query.state === 'open' ? open : resolved).map(listed) } };
  if (path === `/api/incidents/${first?.id}`) return { body: first };
  if (path.endsWith('/alerts')) return { body: alerts };
  if (path.endsWith('/paging')) return { body: paging };
  return path.endsWith('/facts')
    ? { body: { items: facts.slice(Number(query.after)), last: facts.length } }
    : room(call);
}

/** An incident as lists show it. */
export const listed = ({ alerts: _, ...incident }: (typeof open)[number]) => incident;
