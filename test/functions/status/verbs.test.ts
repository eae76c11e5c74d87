import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { emptyPage, evolvedBy, storedText } from '../../../shared/status/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';
import type { TestRequest } from '../../support/http-event.ts';
import { statusBodies } from '../../support/status-bodies.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/status/routes.ts'));
  handler = world.as('StatusApi', handler);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `status ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (method: string, path: string, more: Partial<TestRequest> = {}) =>
  call(handler, { method, path: `/api/status${path}`, authorizer: memberOf(org), ...more });
const make = async (path: string, body: object) => (await ask('POST', path, { body })).body;
const shop = () => make('/components', { name: 'Shop', services: [' Checkout '] });
const tell = (component: string, more: object = {}) =>
  make('/incidents', {
    ...{ title: 'Shop is slow', text: 'We look into it.', state: 'investigating' },
    ...{ affected: [{ component, status: 'degraded_performance' }], ...more },
  });

async function declare(service = 'checkout') {
  const { declare } = await import('../../../functions/aws/incident-log.ts');
  const data = { title: 'SECRET db-7 is on fire', severity: 'P2_HIGH', service } as const;
  return (await declare(org, data, { actor: ann, now: T0, at: T0, seed: crypto.randomUUID() })).incident;
}
async function resolve(id: Awaited<ReturnType<typeof declare>>['id']) {
  const { command } = await import('../../../functions/aws/incident-log.ts');
  await command(org, id, { do: 'resolve', reason: 'person', at: T0 }, { actor: ann, now: T0 });
}

describe('the page of an organisation', () => {
  it('is empty before anybody changes it, has no address, and is at version 0', async () => {
    const { status, headers, body } = await ask('GET', '');
    expect([status, headers.etag]).toEqual([200, '"0"']);
    expect(body).toMatchObject({ page: { name: 'Status' }, components: [], proposals: [] });
    expect(body).not.toHaveProperty('address');
  });

  it('tells the publisher each change at once, in the order and under the name of its fact', async () => {
    const { id, version } = await shop();
    expect(version).toBe(1);
    await ask('PUT', `/components/${id}/status`, { body: { status: 'major_outage' } });
    const { body } = await ask('GET', '');
    expect(body).toMatchObject({
      version: 2,
      indicator: 'critical',
      components: [{ services: ['checkout'] }],
    });
    expect(world.sent).toMatchObject([
      { queue: 'Publish', delaySeconds: 0, body: { kind: 'publish', page: body.page.id, seq: 1 } },
      { queue: 'Publish', delaySeconds: 0, body: { kind: 'publish', page: body.page.id, seq: 2 } },
    ]);
  });

  it('has things that are what a fold of its facts gives', async () => {
    const { id } = await shop();
    const group = await make('/groups', { name: 'Group' });
    await ask('PATCH', `/components/${id}`, { body: { group: group.id, description: 'Where one buys' } });
    const incident = await tell(id);
    await make(`/incidents/${incident.id}/updates`, { state: 'resolved', text: 'Over.' });
    const { loadPage, pageOfOrganisation, readPageFacts } = await import(
      '../../../functions/aws/page-log.ts'
    );
    const page = pageOfOrganisation(org);
    const [{ state }, facts] = [await loadPage(org, page), await readPageFacts(org, page)];
    const text = (one: typeof state) => storedText({ page, root: true, writtenAt: T0, state: one });
    expect(text(evolvedBy(emptyPage, facts))).toBe(text(state));
    expect(facts.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is at the root of the status site for the first organisation alone, and anybody may read each', async () => {
    await shop();
    const own = (await ask('GET', '')).body;
    const first = await ask('GET', '/public', { authorizer: {} });
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    const named = await ask('GET', '/public', { authorizer: {}, query: { page: own.page.id } });
    expect(named.body).toMatchObject({ page: { id: own.page.id }, components: [{ name: 'Shop' }] });
    expect(JSON.stringify(named.body)).not.toContain('checkout');
    if (own.page.id !== first.body.page.id)
      expect(own.address).toBe(`https://status.example.com/${own.page.id}/index.html`);
    const unknown = idOf('statusPage', 0, 'nobody');
    expect((await ask('GET', '/public', { authorizer: {}, query: { page: unknown } })).status).toBe(404);
  });

  it('loses no change of many who change it at once', async () => {
    const names = Array.from({ length: 5 }, (_, i) => `c${i}`);
    const made = await Promise.all(names.map((name) => ask('POST', '/components', { body: { name } })));
    for (const { status } of made) expect(status).toBe(201);
    const { body } = await ask('GET', '');
    expect(body.components).toHaveLength(5);
    expect(body.version).toBe(5);
    expect(world.sent.map(({ body: { seq } }) => seq).toSorted()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a change', () => {
  it('is refused when it was made from another version', async () => {
    await shop();
    const headers = { 'content-type': 'application/json', 'if-match': '"7"' };
    expect((await ask('PATCH', '/page', { body: { name: 'x' }, headers })).status).toBe(412);
    const right = { ...headers, 'if-match': '"1"' };
    expect((await ask('PATCH', '/page', { body: { name: 'x' }, headers: right })).body).toEqual({
      version: 2,
    });
  });

  it('[F62] under one Idempotency-Key happens once', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' };
    const body = { name: 'Once' };
    const first = await ask('POST', '/components', { body, headers });
    expect((await ask('POST', '/components', { body, headers })).body).toEqual(first.body);
    expect((await ask('GET', '')).body.components).toHaveLength(1);
  });

  it('[F57] is not for a viewer', async () => {
    const authorizer = memberOf(org, 'viewer');
    expect((await ask('GET', '', { authorizer })).status).toBe(200);
    expect((await ask('POST', '/groups', { body: { name: 'x' }, authorizer })).status).toBe(403);
    expect((await ask('GET', '')).body.version).toBe(0);
  });

  it.each(Object.entries(statusBodies('x')))(
    '[F58] takes no field that it does not know: %s',
    async (name, body) => {
      const [method = '', path = ''] = name.split(' ');
      const ulid = '00000000000000000000000000';
      const prefix = { groups: 'grp', components: 'cmp', incidents: 'pin', maintenance: 'mnt' };
      const list = path.split('/')[3] as keyof typeof prefix;
      const filled = path.replace('{id}', `${prefix[list]}_${ulid}`).replace('{update}', `upd_${ulid}`);
      for (const extra of ['org', 'id', 'createdAt', 'ttl', 'seq']) {
        const { status, body: answer } = await ask(method, filled.replace('/api/status', ''), {
          body: { ...body, [extra]: 'x' },
        });
        expect([status, answer.error.param]).toEqual([400, `body.${extra}`]);
      }
      expect((await ask('GET', '')).body.version).toBe(0);
    },
  );

  it.each([
    [{ logo: 'http://a.example/x.png' }, 'body.logo'],
    [{ logo: `data:image/png;base64,${'A'.repeat(20_000)}` }, 'body.logo'],
    [{ colours: { accent: 'url(https://a.example)' } }, 'body.colours.accent'],
    [{ colours: { background: '#ffffff' } }, 'body.colours.background'],
    [{ url: 'javascript:alert(1)' }, 'body.url'],
    [{ name: 'two\nlines' }, 'body.name'],
  ])('[F81] of the look to %j is refused', async (body, param) => {
    const answer = await ask('PATCH', '/page', { body });
    expect([answer.status, answer.body.error.param]).toEqual([400, param]);
  });

  it('withdraws an update: its words go, and the one before holds again; the first one stays', async () => {
    const { id } = await shop();
    const incident = await tell(id);
    const last = await make(`/incidents/${incident.id}/updates`, { state: 'resolved', text: 'Over.' });
    const updates = `/incidents/${incident.id}/updates`;
    expect((await ask('DELETE', `${updates}/${last.id}`)).status).toBe(204);
    expect((await ask('DELETE', `${updates}/${last.id}`)).status).toBe(204);
    const { body } = await ask('GET', '');
    expect(body.incidents).toMatchObject([{ state: 'investigating', updates: [{ text: '' }, {}] }]);
    expect(body.incidents[0].updates[0].withdrawnAt).toBeDefined();
    const first = await ask('DELETE', `${updates}/${body.incidents[0].updates[1].id}`);
    expect([first.status, first.body.error.param]).toEqual([409, 'path.update']);
    expect((await ask('DELETE', `${updates}/${idOf('statusUpdate', 0, 'x')}`)).status).toBe(404);
  });

  it('moves components and groups before others, and to the end', async () => {
    const [a, b] = [await shop(), await make('/components', { name: 'Search' })];
    const [g, h] = [await make('/groups', { name: 'G' }), await make('/groups', { name: 'H' })];
    expect((await ask('PATCH', `/components/${b.id}`, { body: { before: a.id } })).status).toBe(200);
    expect((await ask('PATCH', `/groups/${g.id}`, { body: { before: null } })).status).toBe(200);
    const { body } = await ask('GET', '');
    expect(body.components.map(({ name }: { name: string }) => name)).toEqual(['Search', 'Shop']);
    expect(body.groups.map(({ id }: { id: string }) => id)).toEqual([h.id, g.id]);
    const wrong = await ask('PATCH', `/components/${b.id}`, { body: { before: b.id } });
    expect([wrong.status, wrong.body.error.param]).toEqual([400, 'body.before']);
  });

  it('of what is not there is 404, and of a closed incident a conflict', async () => {
    const { id } = await shop();
    expect((await ask('DELETE', `/groups/${idOf('componentGroup', 0, 'x')}`)).status).toBe(404);
    const incident = await tell(id);
    const update = (state: string) =>
      ask('POST', `/incidents/${incident.id}/updates`, { body: { state, text: 'x' } });
    expect((await update('resolved')).status).toBe(201);
    expect((await update('monitoring')).status).toBe(409);
  });

  it('of all other kinds does what it says', async () => {
    const { id } = await shop();
    const { id: incident } = await tell(id);
    const [{ updates }] = (await ask('GET', '')).body.incidents;
    const words = { body: { text: 'Better words.' } };
    expect((await ask('PATCH', `/incidents/${incident}/updates/${updates[0].id}`, words)).status).toBe(200);
    expect((await ask('PATCH', `/incidents/${incident}`, { body: { title: 'Shop is down' } })).status).toBe(
      200,
    );
    const times = { from: '2027-01-01T00:00:00Z', until: '2027-01-01T02:00:00+01:00' };
    const { id: work } = await make('/maintenance', {
      title: 'Work',
      text: 'Work',
      components: [id],
      ...times,
    });
    expect((await ask('PATCH', `/maintenance/${work}`, { body: { title: 'Moved' } })).status).toBe(200);
    expect((await ask('GET', '')).body).toMatchObject({
      incidents: [{ title: 'Shop is down', updates: [{ text: 'Better words.' }] }],
      maintenance: [{ title: 'Moved', until: '2027-01-01T01:00:00.000Z', state: 'scheduled' }],
    });
    expect((await ask('DELETE', `/maintenance/${work}`)).status).toBe(204);
    expect((await ask('DELETE', `/components/${id}`)).status).toBe(204);
    expect((await ask('GET', '')).body).toMatchObject({ maintenance: [], components: [] });
  });
});

describe('what incidents propose', () => {
  it('is published as it stands, and then the end when the incident is over; never by its own title', async () => {
    await shop();
    const incident = await declare();
    const {
      proposals: [proposed],
    } = (await ask('GET', '')).body;
    expect(proposed).toMatchObject({ kind: 'publish-incident', title: 'Problem with Shop' });
    const { id: _, kind: __, ...body } = proposed;
    const { id } = await make('/incidents', body);
    expect((await ask('GET', '')).body.proposals).toEqual([]);
    await resolve(incident.id);
    const {
      proposals: [last],
    } = (await ask('GET', '')).body;
    expect(last).toMatchObject({ kind: 'publish-update', incident: id, state: 'resolved' });
    const { state, text, affected } = last;
    await make(`/incidents/${id}/updates`, { state, text, affected });
    const { body: page } = await ask('GET', '');
    expect(page).toMatchObject({ proposals: [], incidents: [], past: [{ title: 'Problem with Shop' }] });
    expect(JSON.stringify([page, world.sent])).not.toContain('SECRET');
  });

  it('is dismissed once and for all; what was never proposed is 404', async () => {
    await shop();
    await declare();
    const { proposals } = (await ask('GET', '')).body;
    const dismiss = () => ask('DELETE', `/proposals/${proposals[0].id}`);
    expect((await dismiss()).status).toBe(204);
    expect((await dismiss()).status).toBe(204);
    const { body } = await ask('GET', '');
    expect([body.proposals, body.version]).toEqual([[], 2]);
    expect((await ask('DELETE', `/proposals/open_${idOf('incident', 0, 'x')}_1`)).status).toBe(404);
  });

  it('may be published about an incident of the organisation only', async () => {
    const body = {
      title: 'x',
      text: 'x',
      state: 'investigating',
      source: { incident: idOf('incident', 0, 'x'), generation: 1 },
    };
    expect((await ask('POST', '/incidents', { body })).body.error.param).toBe('body.source.incident');
  });
});
