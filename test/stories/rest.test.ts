import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentView } from '../../shared/incidents/index.ts';
import { actions, type IncidentId, may, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type Route, routes } from '../../shared/wiring/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type Configured, firstAlert, firstRule, withFirstRule } from '../support/first-examples.ts';
import { promisedApi } from '../support/promised-api.ts';
import { type RestClient, restClient } from '../support/rest.ts';
import { type StoredTable, storedTable } from '../support/stored-table.ts';

const MANY = 120;
const quiet = { severity: 'P5_INFO' } as const;

describe('the REST API as a client uses it', { timeout: 90_000 }, () => {
  let app: App;
  let stored: StoredTable;
  let ask: RestClient;
  beforeAll(async () => {
    app = await startApp();
    stored = storedTable(app.system);
    ask = restClient(app.addresses.api, app.addresses.token);
  });
  afterAll(async () => {
    stored.close();
    await app.stop();
  });

  const declare = async (body: object): Promise<IncidentView> => {
    const { status, body: view } = await ask('POST', '/api/incidents', { body: { ...quiet, ...body } });
    expect(status).toBe(201);
    return view as unknown as IncidentView;
  };
  const pathOf = ({ id }: Pick<IncidentView, 'id'>) => `/api/incidents/${id}`;
  const page = async (query: string) => {
    const { status, body } = await ask('GET', `/api/incidents?${query}`);
    expect(status).toBe(200);
    return body as { readonly items: readonly IncidentView[]; readonly next?: string };
  };

  it('[F62] answers a repetition under one Idempotency-Key with the first answer, and another body with 422', async () => {
    const body = { title: 'Invoices are late', service: 'invoices', severity: 'P3_MEDIUM' };
    const headers = { 'idempotency-key': 'declare-1' };
    const tries = [body, body].map((said) => ask('POST', '/api/incidents', { body: said, headers }));
    const first = (await Promise.all(tries)).find(({ status }) => status === 201);
    const again = await ask('POST', '/api/incidents', { body, headers });
    expect(again).toMatchObject({ status: 201, body: first?.body });
    expect(again.headers).toMatchObject({ location: first?.headers.location, etag: '"1"' });
    const other = await ask('POST', '/api/incidents', { body: { ...body, title: 'Other' }, headers });
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'mismatch' } } });
    expect((await page('service=invoices')).items).toHaveLength(1);
  });

  it('answers every line of what was promised first', async () => {
    const ids = new Map<string, string>();
    // A status page begins with its first component.
    await ask('POST', '/api/status/components', { body: { name: 'Checkout', services: ['checkout'] } });
    for (const { method, path, means, body, has } of promisedApi) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? name);
      const { status, body: answer, text } = await ask(method, filled, body ? { body } : {});
      expect.soft(status, `${means}: ${text.slice(0, 200)}`).toBeGreaterThanOrEqual(200);
      expect.soft(status, `${means}: ${text.slice(0, 200)}`).toBeLessThan(300);
      if (typeof has === 'string') expect.soft(text, means).toContain(has);
      else expect.soft(answer, means).toMatchObject(has);
      const made =
        /^\/api\/(incident|runbook)s$/.exec(path)?.[1] ?? (path.endsWith('/postmortem') ? 'postmortem' : '');
      if (method === 'POST' && made !== '') ids.set(made, String(answer.id));
    }
    expect((await ask('GET', `/api/incidents/${ids.get('incident')}`)).status).toBe(404);
  });

  it('takes the alert of the first description as it stands, with what its labels and annotations say', async () => {
    expect((await app.send('generic', firstAlert)).status).toBe(202);
    const [incident] = await app.incidents('?service=api');
    const { title, description } = firstAlert;
    expect(incident).toMatchObject({ title, description, severity: 'P2_HIGH', state: 'triggered' });
    const alerts = await ask('GET', `/api/incidents/${incident?.id}/alerts`);
    expect(alerts.text).toContain('https://wiki.company.com/runbooks/high-error-rate');
  });

  it('takes the rule of the first description: the third failure within three minutes opens one incident', async () => {
    const { headers, body } = await ask('GET', '/api/config');
    const put = await ask('PUT', '/api/config', {
      body: withFirstRule(body.configuration as Configured),
      headers: { 'if-match': String(headers.etag) },
    });
    expect(put.status, put.text).toBe(200);
    const fail = (host: string) =>
      app.send('generic', {
        title: `Database connection to ${host} failed`,
        service: 'orders',
        severity: 'high',
      });
    await fail('a');
    await fail('b');
    expect(await app.incidents('?service=orders')).toEqual([]);
    await fail('c');
    const found = await app.incidents('?service=orders');
    expect(found).toMatchObject([{ severity: 'P1_CRITICAL', policy: 'database-team' }]);
    expect((await ask('GET', `/api/incidents/${found[0]?.id}`)).text).toContain(firstRule.actions.runbook);
  });

  it('[F61] lets one of two changes of the same version through, and refuses a stale one with 412', async () => {
    const incident = await declare({ title: 'Slow' });
    const path = pathOf(incident);
    const racing = await Promise.all(
      ['One', 'Two'].map((title) => ask('PATCH', path, { body: { title, version: incident.version } })),
    );
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = await ask('PATCH', path, {
      body: { state: 'resolved' },
      headers: { 'if-match': `"${incident.version}"` },
    });
    expect(stale).toMatchObject({ status: 412, body: { error: { code: 'precondition' } } });
    const now = await ask('GET', path);
    expect(now.body).toMatchObject({ state: 'triggered', version: 2 });
    const fresh = { body: { state: 'resolved' }, headers: { 'if-match': String(now.headers.etag) } };
    expect(await ask('PATCH', path, fresh)).toMatchObject({ status: 200, body: { state: 'resolved' } });
  });

  it('[F60] pages through many by cursor, each once and newest first, and refuses a forged cursor', async () => {
    const batch = Array.from({ length: MANY }, (_, i) => `Lot ${i}`);
    while (batch.length > 0)
      await Promise.all(batch.splice(0, 8).map((title) => declare({ title, service: 'lots' })));
    const seen: IncidentView[] = [];
    const sizes: number[] = [];
    let cursor = '';
    do {
      const { items, next } = await page(`service=lots&limit=50${cursor && `&cursor=${cursor}`}`);
      seen.push(...items);
      sizes.push(items.length);
      cursor = next ?? '';
    } while (cursor !== '');
    expect(sizes).toEqual([50, 50, 20]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(MANY);
    expect(seen.map(({ openedAt }) => openedAt)).toEqual(
      seen
        .map(({ openedAt }) => openedAt)
        .sort()
        .reverse(),
    );
    const { next = '' } = await page('service=lots&limit=50');
    const forged = Buffer.from(JSON.stringify([1, 'x'.repeat(24), ['0', 'inc_0']])).toString('base64url');
    const refused = [
      ...[forged, next.slice(0, -9), `x${next}`, '__proto__', '%00'].map(
        (one) => `service=lots&cursor=${one}`,
      ),
      ...[`service=others&cursor=${next}`, `cursor=${next}`, 'limit=-1', 'limit=1e9', 'sort=__proto__'],
    ];
    for (const query of refused)
      expect([query, (await ask('GET', `/api/incidents?${query}`)).status]).toEqual([query, 400]);
  });

  it('filters by state, severity, service and time', async () => {
    const [a, b] = [
      await declare({ title: 'A', service: 'billing', severity: 'P4_LOW' }),
      await declare({ title: 'B', service: 'billing' }),
    ];
    await ask('PATCH', pathOf(b), { body: { state: 'resolved' } });
    const ids = async (query: string) =>
      (await page(`service=billing&${query}`)).items.map(({ title }) => title);
    expect(await ids('')).toEqual(['B', 'A']);
    expect(await ids('state=open')).toEqual(['A']);
    expect(await ids('state=resolved')).toEqual(['B']);
    expect(await ids('severity=P4_LOW')).toEqual(['A']);
    expect(await ids(`openedAfter=${b.openedAt}`)).toEqual(['B']);
    expect(await ids(`openedBefore=${b.openedAt}&openedAfter=${a.openedAt}`)).toEqual(['A']);
    expect((await page('service=nobody')).items).toEqual([]);
    expect((await ask('GET', '/api/incidents?state=closed')).status).toBe(400);
  });

  it('deletes softly: the incident is in no list and no path any more, its log is kept', async () => {
    const incident = await declare({ title: 'By mistake', service: 'deleted' });
    expect((await ask('DELETE', pathOf(incident))).status).toBe(204);
    for (const path of [pathOf(incident), `${pathOf(incident)}/facts`])
      expect(await ask('GET', path)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    for (const [method, body] of [
      ['PATCH', { title: 'Back' }],
      ['DELETE', undefined],
    ] as const)
      expect((await ask(method, pathOf(incident), { body })).status).toBe(404);
    expect((await page('service=deleted')).items).toEqual([]);
    const partition = schema.fact.partition({
      org: app.addresses.organisation as OrganisationId,
      inc: incident.id as IncidentId,
    });
    const types = (await stored.items(partition)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['incident.opened', 'incident.deleted']));
  });

  it('[F58] refuses fields that it does not name, and changes nothing', async () => {
    const incident = await declare({ title: 'As it was' });
    const foreign = { tenantId: 'org_x', id: 'inc_x', createdAt: 0, role: 'administrator', ttl: 1 };
    for (const [name, value] of [...Object.entries(foreign), ['constructor', {}], ['state ', 'resolved']]) {
      const said = { [name as string]: value };
      for (const [method, path, body] of [
        ['POST', '/api/incidents', { title: 'New', ...quiet, ...said }],
        ['PATCH', pathOf(incident), { title: 'Changed', ...said }],
        ['POST', `${pathOf(incident)}/notes`, { text: 'Note', ...said }],
      ] as const)
        expect(await ask(method, path, { body })).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid', param: `body.${name}` } },
        });
    }
    const polluting = '{"title":"Changed","__proto__":{"role":"administrator"}}';
    expect((await ask('PATCH', pathOf(incident), { body: polluting })).status).toBe(400);
    expect((await ask('GET', `${pathOf(incident)}?include=all`)).status).toBe(400);
    expect((await ask('GET', pathOf(incident))).body).toMatchObject(incident);
  });

  it('[F59] finds nothing under ids that are none, and never fails on one', async () => {
    const raw = ['../x', '..%2fx', '%2e%2e', '%2E%2E%2Fx', '.', '%00', '%', 'INC#1#2', 'INC%231%232'];
    const strange = [...raw, '%F0%9F%94%A5', 'constructor', '__proto__', 'x'.repeat(8_000)];
    const known = 'inc_01ARZ3NDEKTSV4RRFFQ69G5FA';
    const ids = [...strange, `${known}v`, known, `${known}V%0a`, `${known}V%20`, `org${known.slice(3)}V`];
    for (const id of ids) {
      const asked: readonly (readonly [string, string, object?])[] = [
        ['GET', `/api/incidents/${id}`],
        ['GET', `/api/incidents/${id}/facts`],
        ['PATCH', `/api/incidents/${id}`, { title: 'X' }],
        ['DELETE', `/api/incidents/${id}`],
        ['DELETE', `/api/integrations/${id}`],
        ['DELETE', `/api/keys/${id}`],
      ];
      for (const [method, path, body] of asked) {
        const { status, text } = await ask(method, path, { body });
        const answer = status === 400 || status === 404 ? 'refused' : `${status} ${text}`;
        expect([method, path, answer]).toEqual([method, path, 'refused']);
      }
    }
    // What is longer than the gateway reads never comes to us.
    expect((await ask('GET', `/api/incidents/${'x'.repeat(10_240)}`)).status).toBe(431);
  });

  it('[F57] lets a machine key read with the role of a viewer, and write nothing', async () => {
    const made = await ask('POST', '/api/keys', { body: { name: 'Dashboard', role: 'viewer' } });
    const token = String(made.body.secret);
    expect((await ask('GET', '/api/incidents', { token })).status).toBe(200);
    expect((await ask('GET', '/api/me', { token })).body).toMatchObject({ kind: 'machine' });
    const beyond = routes.filter(
      ({ access }) => access in actions && !may('viewer', access as keyof typeof actions),
    );
    expect(beyond.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/incidents', '/api/config']));
    const incident = await declare({ title: 'Not for you' });
    for (const { method, path } of beyond) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: { title: 'X', ...quiet } };
      const heard = await ask(method, path.replace('{id}', incident.id), { token, ...body });
      expect([method, path, heard.status, heard.body]).toMatchObject([
        ...[method, path, 403],
        { error: { code: 'forbidden' } },
      ]);
    }
    expect((await ask('GET', pathOf(incident))).body).toMatchObject(incident);
    expect((await ask('DELETE', `/api/keys/${made.body.id}`)).status).toBe(204);
    expect((await ask('GET', '/api/keys')).body).toEqual({ items: [] });
  });

  it('[F68] describes every route at /api/openapi.json, and the gateway knows each of them', async () => {
    const { status, body } = await ask('GET', '/api/openapi.json', { token: null });
    expect(status).toBe(200);
    const paths = Object.entries(body.paths as Readonly<Record<string, object>>);
    const described = paths.flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const nameOf = ({ method, path }: Route) => `${method} ${path}`;
    expect(described.sort()).toEqual(routes.map(nameOf).sort());
    const open = ['public', 'key', 'signed'];
    for (const route of routes.filter(({ access }) => !open.includes(access))) {
      const heard = await ask(route.method, route.path.replace('{id}', 'inc_x'), { token: null });
      expect([nameOf(route), heard.status]).toEqual([nameOf(route), 401]);
    }
    // Whoever does not say who they are is not told what is there.
    expect((await ask('GET', '/api/unknown', { token: null })).status).toBe(401);
    expect((await ask('GET', '/api/unknown')).status).toBe(404);
  });

  it('[F67] answers what the console asks before it sends, without a credential, at every guarded path', async () => {
    const { origin } = new URL(app.addresses.console);
    const open = ['public', 'key', 'signed'];
    for (const route of routes.filter(({ access }) => !open.includes(access))) {
      const answer = await fetch(`${app.addresses.api}${route.path.replaceAll(/\{\w+\}/g, 'x')}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': route.method },
      });
      const { headers, status } = answer;
      expect([route.path, status, headers.get('access-control-allow-origin')]).toEqual([
        route.path,
        204,
        origin,
      ]);
    }
  });
});
