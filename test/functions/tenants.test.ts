import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeHead } from '../../functions/aws/alert-rows.ts';
import { postmortemOfIncident } from '../../functions/aws/postmortem-log.ts';
import { log } from '../../functions/edge/log.ts';
import { digest, type IncidentId, idOf } from '../../shared/kernel/index.ts';
import { encodeLink } from '../../shared/on-call/index.ts';
import { type Route, routes } from '../../shared/wiring/index.ts';
import type { TestRequest } from '../support/http-event.ts';
import { quietBodies } from '../support/quiet-bodies.ts';
import { clusterBody, runbookBody } from '../support/runbook-bodies.ts';
import { statusBodies } from '../support/status-bodies.ts';
import { startTenants, tenants } from '../support/two-tenants.ts';

const ours = tenants.ann;
const theirs = tenants.bob;
let world: Awaited<ReturnType<typeof startTenants>>;
/** What the other organisation has, by the path that lists it. */
const foreign = new Map<string, string>();
let theirKey = '';

const warn = vi.spyOn(log, 'warn').mockReturnValue(undefined);
const info = vi.spyOn(log, 'info').mockReturnValue(undefined);

const routeOf = (method: string, path: string): Route => {
  const found = routes.find((route) => route.method === method && route.path === path);
  if (!found) throw new Error(`No route ${method} ${path}`);
  return found;
};

beforeAll(async () => {
  world = await startTenants();
  // The page at the root of the status site is ours, which everybody may read.
  await world.ask('ann', routeOf('POST', '/api/status/groups'), {
    path: '/api/status/groups',
    body: { name: 'ours' },
  });
  const make = async (path: string, body: object) => {
    const route = routeOf('POST', path.replace(/inc_[^/]+/, '{id}'));
    const { status, text } = await world.ask('bob', route, { path, body });
    const made = JSON.parse(text) as Record<string, string>;
    if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
    foreign.set(path, made.id ?? made.person ?? '');
    return made;
  };
  await make('/api/incidents', { title: 'canary of b', severity: 'P1_CRITICAL' });
  const actions = `/api/incidents/${foreign.get('/api/incidents')}/actions`;
  const route = routeOf('POST', '/api/incidents/{id}/actions');
  const added = await world.ask('bob', route, { path: actions, body: { text: 'canary of b' } });
  foreign.set('{action}', JSON.parse(added.text).id);
  await make(`/api/incidents/${foreign.get('/api/incidents')}/postmortem`, {});
  foreign.set('/api/postmortems', postmortemOfIncident(theirs, foreign.get('/api/incidents') as IncidentId));
  await make('/api/integrations', { name: 'canary of b', source: 'generic' });
  await make('/api/heartbeats', { name: 'canary-of-b', intervalMinutes: 5 });
  foreign.delete('/api/heartbeats');
  await make('/api/members', { email: 'canary@b.example.com', name: 'canary of b', role: 'viewer' });
  await make('/api/status/groups', { name: 'canary of b' });
  await make('/api/status/components', { name: 'canary of b', services: ['canary of b'] });
  await make('/api/status/incidents', {
    title: 'canary of b',
    text: 'canary of b',
    state: 'investigating',
    internal: true,
  });
  await make('/api/status/maintenance', { ...maintenance, internal: true });
  for (const path of ['/api/silences', '/api/maintenance'])
    await make(path, quietBodies('canary of b', Date.now())[`POST ${path}`] ?? {});
  await make('/api/runbooks', runbookBody('canary of b', 'canary-of-b'));
  const execute = { path: '/api/runbooks/canary-of-b/execute', body: {} };
  const begun = await world.ask('bob', routeOf('POST', '/api/runbooks/{id}/execute'), execute);
  foreign.set('/api/runs', JSON.parse(begun.text).id);
  await makeAlert();
  foreign.set('/api/status/subscribers', idOf('subscriber', 0, 'canary of b'));
  await configureSchedule();
  theirKey = (await make('/api/keys', { name: 'canary of b', role: 'administrator' })).secret ?? '';
});
/** The other organisation has an alert. */
async function makeAlert(): Promise<void> {
  const fingerprint = digest('canary of b');
  const head = {
    ...{
      org: theirs,
      fingerprint,
      version: 0,
      integration: idOf('integration', 0, 'b'),
      source: 'generic' as const,
    },
    ...{ title: 'canary of b', labels: {}, links: [], firings: [1], resolves: [], memberships: [] },
  } as const;
  await writeHead({ head, past: [] });
  foreign.set('/api/alerts', fingerprint);
}
/** The other organisation has a schedule, and somebody who takes it over. */
async function configureSchedule(): Promise<void> {
  const layers = [{ people: ['canary'], startDate: '2026-01-01', handOff: '09:00' }];
  const people = ['canary', 'other'].map((id) => ({
    id,
    name: 'canary of b',
    email: 'canary@b.example.com',
  }));
  const configuration = {
    people,
    schedules: [{ id: 'nights', name: 'canary of b', timeZone: 'UTC', layers }],
    rules: [{ id: 'canary-rule', name: 'canary of b' }],
    services: [{ id: 'canary-service', name: 'canary of b' }],
  };
  await world.ask('bob', routeOf('PUT', '/api/config'), {
    path: '/api/config',
    headers: { 'content-type': 'application/json', 'if-match': '"0"' },
    body: configuration,
  });
  foreign.set('/api/schedules', 'nights');
  foreign.set('/api/rules', 'canary-rule');
  foreign.set('/api/services', 'canary-service');
  const path = '/api/schedules/nights/overrides';
  const route = routeOf('POST', '/api/schedules/{id}/overrides');
  const { text } = await world.ask('bob', route, {
    path,
    body: { person: 'other', to: '2099-01-01T00:00:00Z', from: '2098-12-31T00:00:00Z' },
  });
  foreign.set('{override}', JSON.parse(text).id);
}
afterAll(() => world.stop());
beforeEach(() => {
  warn.mockClear();
  info.mockClear();
  world.calls.splice(0);
});

const maintenance = {
  ...{ title: 'canary of b', text: 'canary of b', components: [] },
  ...{ from: '2100-01-01T00:00:00Z', until: '2100-01-01T02:00:00Z' },
};

/** Bodies that pass the schemas, so that nothing but the tenant is wrong. */
const bodies: Readonly<Record<string, object>> = {
  'POST /api/metrics/targets': { overall: 60_000 },
  'POST /api/integrations': { name: 'x', source: 'generic' },
  'PATCH /api/integrations/{id}': { name: 'x' },
  'POST /api/integrations/{id}/rotate': { what: 'key' },
  'POST /api/heartbeats': { name: 'x', intervalMinutes: 5 },
  'PATCH /api/heartbeats/{name}': { enabled: false },
  'POST /api/changes': { title: 'x' },
  'PATCH /api/postmortems/{id}': { status: 'review' },
  'POST /api/incidents': { title: 'x', severity: 'P1_CRITICAL' },
  'PATCH /api/incidents/{id}': { state: 'resolved' },
  'POST /api/incidents/{id}/notes': { text: 'x' },
  'POST /api/incidents/{id}/merge': { incidents: ['inc_00000000000000000000000000'], reason: 'x' },
  'POST /api/incidents/{id}/split': { alerts: ['0'.repeat(64)], reason: 'x' },
  'POST /api/incidents/{id}/related': { incident: 'inc_00000000000000000000000000', why: 'x' },
  'POST /api/incidents/{id}/actions': { text: 'x' },
  'PATCH /api/incidents/{id}/actions/{action}': { done: true },
  'POST /api/organisations': { name: 'x' },
  'POST /api/runbooks': runbookBody('x'),
  'PUT /api/runbooks/{id}': runbookBody('x', 'canary-of-b'),
  'POST /api/runbooks/{id}/execute': {},
  'POST /api/runbooks/{id}/test': {},
  'POST /api/runs/{id}/steps/{step}': { answer: 'done' },
  'POST /api/runs/{id}/cancel': {},
  'PUT /api/runbooks/clusters/{name}': clusterBody('canary-of-b'),
  'POST /api/members': { email: 'x@example.com', name: 'x', role: 'viewer' },
  'POST /api/keys': { name: 'x', role: 'viewer' },
  'PUT /api/config': {},
  'POST /api/config/plan': {},
  'POST /api/config/rollback': { version: 1, reason: 'x' },
  'POST /api/rules/simulate': { rules: [] },
  'PUT /api/rules/{id}': { id: 'canary-rule', name: 'x' },
  'PUT /api/services/{id}': { id: 'canary-service' },
  'PUT /api/on-call/channels/{channel}': {},
  'POST /api/schedules/{id}/overrides': { person: 'x', to: '2100-01-01T00:00:00Z' },
  'POST /api/on-call/test-notification': { channel: 'email' },
  'POST /api/on-call/test-notification/confirm': { code: '000000' },
  ...quietBodies('x', Date.now()),
  ...statusBodies('x'),
  'POST /api/status/subscribe': { email: 'x@example.com' },
};

const isSubscribe = (path: string) => path === '/api/status/subscribe';

/** A link to their incident that somebody else than we signed. */
const forged = () => {
  const incident = foreign.get('/api/incidents') as IncidentId;
  const link = {
    org: theirs,
    incident,
    generation: 1,
    step: 1,
    person: 'canary',
    expiresAt: Date.parse('2100-01-01T00:00:00Z'),
  };
  return encodeLink(link, () => 'x'.repeat(43));
};

/** Ann as the record names her: in her own organisation by her id, outside by a hash of her subject. */
const whoIs = (status: number) =>
  status === 404
    ? { org: ours, actor: idOf('person', 0, 'ann') }
    : { org: '-', actor: `person:${digest(world.issuer, 'ann')}` };

interface Case {
  readonly request: Omit<TestRequest, 'method'>;
  readonly statuses: readonly number[];
}

/** How a route is tried with what is theirs: by id; by naming their organisation; by their key in a place that is not for it. */
function caseOf({ method, path, access }: Route): Case {
  const body = bodies[`${method} ${path}`];
  const more = { ...(body && { body }), headers: { 'content-type': 'application/json', 'if-match': '"1"' } };
  if (access === 'signed') return { request: { path: path.replace('{token}', forged()) }, statuses: [403] };
  // Without a page it is the one at the root, which is ours.
  if (isSubscribe(path)) return { request: { path, ...more }, statuses: [202] };
  if (access === 'public') return { request: { path }, statuses: [200] };
  if (access === 'key') {
    const source = new Map<string, string>([
      ['GET', 'uptime-kuma'],
      ['OPTIONS', 'cloudevents'],
    ]).get(method);
    const filled = path.replace('{source}', source ?? 'generic').replace('{key}', theirKey);
    if (method === 'GET') return { request: { path: filled, query: { msg: 'x' } }, statuses: [401, 403] };
    const key = theirKey.slice(0, 32);
    const old = { service_key: key, event_type: 'trigger', description: 'x' };
    const event = { ...old, routing_key: key, event_action: 'trigger', payload: { summary: 'x' } };
    // An unknown key is 400 where 403 means "come again".
    const refusals = path.startsWith('/generic/') ? [400] : [401, 403];
    return { request: { path: filled, body: event }, statuses: refusals };
  }
  // What is proposed belongs to an incident, and has no list of its own.
  const own = path.replace('proposals/{id}', `proposals/open_${foreign.get('/api/incidents')}_1`);
  if (own !== path) return { request: { path: own, ...more }, statuses: [404] };
  const [, list = '', field] = /^(\/api\/[\w-]+(?:\/[\w-]+(?=\/\{id\}))?)(\/\{id\})?/.exec(path) ?? [];
  if (field !== undefined) {
    const id = foreign.get(list);
    if (id === undefined) throw new Error(`What has the other organisation at ${list}?`);
    const theirPath = path
      .replace('{id}', id)
      .replace('{other}', 'inc_00000000000000000000000000')
      .replace('{override}', foreign.get('{override}') ?? '')
      .replace('{action}', foreign.get('{action}') ?? '')
      .replace('{step}', 'look')
      .replace('{update}', idOf('statusUpdate', 0, 'x'));
    // What a configuration names each organisation names for itself: only that ours is at another version is told.
    const isOurs = method !== 'GET' && /^\/api\/(rules|services)$/.test(list);
    return { request: { path: theirPath, ...more }, statuses: isOurs ? [412] : [404] };
  }
  const headers = { ...more.headers, 'x-organisation': theirs };
  return { request: { path, ...more, headers }, statuses: path === '/api/me' ? [200] : [403] };
}

/** All but what anybody may ask of a public page: to be told by mail. */
const closed = routes.filter(({ path }) => path !== '/api/status/subscribe');

describe("[F56] one organisation's token with what is another's", () => {
  it.each(closed.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is kept out of %s: nothing is read or written, and a record stays',
    async (name, route) => {
      const { request, statuses } = caseOf(route);
      const before = await world.itemsOf(theirs);
      const sent = world.sent();
      const { status, text } = await world.ask('ann', route, request);
      expect(statuses, `${name}: ${text}`).toContain(status);
      expect(text).not.toContain('canary of b');
      expect(world.calls.filter((call) => call.includes(`O#${theirs}`))).toEqual([]);
      expect(world.calls.filter((call) => /^(Put|Update|Delete|Transact|BatchWrite)/.test(call))).toEqual([]);
      expect([await world.itemsOf(theirs), world.sent()]).toEqual([before, sent]);
      const records = [...warn.mock.calls, ...info.mock.calls].map(([, line]) => line);
      if (status === 200 || status === 412) return;
      const who = ['signed', 'key'].includes(route.access) ? {} : whoIs(status);
      expect(records).toContainEqual(expect.objectContaining({ ...who, status }));
      for (const secret of ['canary', theirKey, ...foreign.values()])
        expect(JSON.stringify(records)).not.toContain(secret);
    },
  );
});
