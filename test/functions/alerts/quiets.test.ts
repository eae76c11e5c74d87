import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { keepHeld } from '../../../functions/aws/held-alerts.ts';
import { readQuiet } from '../../../functions/aws/quiets.ts';
import { table } from '../../../functions/aws/table.ts';
import { configurationParts, emptyConfiguration } from '../../../shared/configuration/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { HOUR, idOf, type OrganisationId, type Role, system, toText } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { epoch, post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/routes.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `quiets ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (method: string, address: string, body?: object, role: Role = 'responder') => {
  const [path = '', query] = address.split('?');
  return call(world.as('Alerts', handler), {
    ...{ method, path, ...(body && { body }), authorizer: memberOf(org, role) },
    ...(query !== undefined && { query: Object.fromEntries(new URLSearchParams(query)) }),
    headers: { 'content-type': 'application/json' },
  });
};
const plan = {
  matchers: ['service="checkout"', 'host=~"db.*"'],
  to: toText(T0 + HOUR),
  comment: 'new disks',
};
const made = async (more: object = {}, path = '/api/silences') => {
  const { status, body } = await ask('POST', path, path === '/api/silences' ? { ...plan, ...more } : more);
  expect(status).toBe(201);
  return body;
};
const idsOf = async (path: string) =>
  ((await ask('GET', path, undefined, 'viewer')).body.items as { id: string }[]).map(({ id }) => id);
const releases = () => world.sent.flatMap(({ body }) => (body.kind === 'release' ? [body.quiet] : []));

describe('silences', () => {
  it('are made by who responds, and shown to everybody with who made them', async () => {
    expect((await ask('POST', '/api/silences', plan, 'viewer')).status).toBe(403);
    const body = await made();
    expect(body).toMatchObject({
      id: expect.stringMatching(/^sil_/),
      state: 'active',
      matchers: [
        { name: 'service', op: '=', value: 'checkout' },
        { name: 'host', op: '=~', value: 'db.*' },
      ],
      ...{ from: toText(T0), to: plan.to, comment: 'new disks', createdBy: { kind: 'person' } },
    });
    const { touches, ...shown } = body;
    expect(touches).toEqual({ alerts: 0, incidents: 0, isWhole: true });
    expect((await ask('GET', `/api/silences/${body.id}`, undefined, 'viewer')).body).toEqual(shown);
    expect((await ask('GET', '/api/silences', undefined, 'viewer')).body).toEqual({ items: [shown] });
  });

  it('say what fits them when they are made or changed, of what fires in open incidents', async () => {
    const detection = new DetectionOnEngine(org, [ruleSchema.parse({ id: 'service', name: 'By service' })]);
    detection.now = T0;
    const at = (T0 - epoch) / 1_000;
    const fires = (name: string, service: string) =>
      signal(name, 'firing', at, { service, labels: { host: `db-${name}` } });
    await detection.receive([post(fires('a', 'checkout'), fires('b', 'checkout'), fires('c', 'mail'))]);
    await detection.receive([post(signal('b', 'resolved', at + 1))]);
    expect((await made()).touches).toEqual({ alerts: 1, incidents: 1, isWhole: true });
    const both = { matchers: ['host=~"db-.*"'] };
    const { id, touches } = await made(both);
    expect(touches).toEqual({ alerts: 2, incidents: 2, isWhole: true });
    const changed = await ask('PATCH', `/api/silences/${id}`, { matchers: ['service="checkout"'] });
    expect(changed.body.touches).toEqual({ alerts: 1, incidents: 1, isWhole: true });
  });

  it('say what fits them as the rules in force leave it, and not as its source said it', async () => {
    const set = { service: 'payments', title: '[pay] {@title}' };
    const rules = [ruleSchema.parse({ id: 'names', name: 'Names', continue: true, actions: { set } })];
    const by = { actor: system('test'), at: T0 - HOUR };
    await replaceConfiguration(org, 0, { ...emptyConfiguration, rules }, by);
    const detection = new DetectionOnEngine(org, rules);
    detection.now = T0;
    const at = (T0 - epoch) / 1_000;
    await detection.receive([post(signal('a', 'firing', at, { service: 'raw-name' }))]);
    const touched = async (matcher: string) => (await made({ matchers: [matcher] })).touches.alerts;
    expect(await touched('service="payments"')).toBe(1);
    expect(await touched('service="raw-name"')).toBe(0);
    expect(await touched('title=~"\\[pay\\] .*"')).toBe(1);
    // What nobody says anything of is of the third severity.
    expect(await touched('severity="P3_MEDIUM"')).toBe(1);
  });

  it('look first into the incidents that they seem to be about, and say how many of all they looked into', async () => {
    const detection = new DetectionOnEngine(org, [ruleSchema.parse({ id: 'service', name: 'By service' })]);
    detection.now = T0;
    const at = (T0 - epoch) / 1_000;
    const fires = (name: string, service: string) => signal(name, 'firing', at, { service });
    await detection.receive([post(fires('a', 'billing'), fires('b', 'billing'))]);
    for (let batch = 0; batch < 4; batch++) {
      detection.now += 120_000;
      const later = (detection.now - epoch) / 1_000;
      const others = Array.from({ length: 13 }, (_, i) =>
        signal(`${batch}-${i}`, 'firing', later, { service: `s${batch}-${i}` }),
      );
      await detection.receive([post(...others)]);
    }
    world.setClock(detection.now);
    const until = { to: toText(detection.now + HOUR) };
    const lookedAt = { alerts: 51, incidents: 50, ofIncidents: 53 };
    const billing = { alerts: 2, incidents: 1, isWhole: false, lookedAt };
    expect((await made({ ...until, matchers: ['service="billing"'] })).touches).toMatchObject(billing);
    const window = { ...until, services: ['Billing'], comment: 'x' };
    const { touches, warnings } = await made(window, '/api/maintenance');
    expect([touches, warnings]).toEqual([expect.objectContaining(billing), undefined]);
    const unseen = await made({ ...window, services: ['billling'] }, '/api/maintenance');
    expect(unseen.warnings).toEqual([
      "No open incident and no alert in one is of service 'billling', and there is no catalogue to look it up in; nearest: 'billing'. It holds for alerts that name it so, and for no others.",
    ]);
  });

  it('that leave out nothing, or have no end, are refused in words', async () => {
    const everything = await ask('POST', '/api/silences', { ...plan, matchers: ['a!="b"'] });
    expect(everything).toMatchObject({ status: 400, body: { error: { param: 'body.matchers' } } });
    expect(everything.body.error.message).toContain("say 'everything: true'");
    expect((await made({ matchers: [], everything: true })).state).toBe('active');
    expect((await ask('POST', '/api/silences', { ...plan, to: undefined })).status).toBe(400);
    expect((await ask('POST', '/api/silences', { ...plan, matchers: ['a=~"("'] })).status).toBe(400);
    expect((await made({ to: undefined, untilResolved: true })).untilResolved).toBe(true);
  });

  it('whose matchers have another form are refused with what was got and what is allowed', async () => {
    const said = async (matcher: unknown) =>
      (await ask('POST', '/api/silences', { ...plan, matchers: [matcher] })).body.error.message;
    const at = 'body.matchers[0]';
    expect(await said({ name: 'a', op: '==', value: 'x' })).toBe(
      `${at}.op: expected =, != or, with a pattern as value, =~ or !~; = where it is left out; got "=="`,
    );
    expect(await said({ name: 'a', value: 5 })).toBe(
      `${at}.value: expected a text, also of a number: such as "5"; got 5`,
    );
    expect(await said({ name: 'a', value: 'x', isRegex: true })).toContain('allowed are name, op, value');
    for (const other of [5, 'foo'])
      expect(await said(other)).toMatch(
        /: Expected a matcher such as service="checkout", .*; got ("foo"|5)$/,
      );
    const { body } = await ask('GET', '/api/alerts?match=foo');
    expect(body.error.message).toMatch(/^query\.match: Expected a matcher such as .*; got "foo"$/);
    expect((await ask('GET', '/api/silences/x')).body.error.message).toBe(
      'path.id: Expected an id such as sil_…; got "x"',
    );
  });

  it('are not changed by who changes nothing', async () => {
    const { id, ...before } = await made();
    world.setClock(T0 + 60_000);
    for (const nothing of [{}, { comment: plan.comment, to: plan.to, matchers: plan.matchers }]) {
      const { status, body } = await ask('PATCH', `/api/silences/${id}`, nothing);
      expect([status, body]).toEqual([200, { id, ...before }]);
    }
    expect(releases()).toEqual([]);
  });

  it('are listed by how they stand, a page at a time', async () => {
    const now = await made();
    const later = await made({ from: toText(T0 + HOUR / 2), to: toText(T0 + 2 * HOUR) });
    const brief = await made({ to: toText(T0 + 60_000) });
    world.setClock(T0 + 60_000);
    expect(await idsOf('/api/silences')).toEqual([now.id, later.id]);
    expect(await idsOf('/api/silences?state=active')).toEqual([now.id]);
    expect(await idsOf('/api/silences?state=pending')).toEqual([later.id]);
    expect(await idsOf('/api/silences?state=expired')).toEqual([brief.id]);
    expect(await idsOf('/api/maintenance')).toEqual([]);
    const first = (await ask('GET', '/api/silences?limit=1')).body;
    expect(first.items).toMatchObject([{ id: now.id }]);
    const second = (await ask('GET', `/api/silences?limit=1&cursor=${first.next}`)).body;
    expect(second).toMatchObject({ items: [{ id: later.id }] });
    expect(second.next).toBeUndefined();
  });

  it('are changed while they are not over, and then what they hold back is looked at', async () => {
    const { id } = await made();
    const changed = await ask('PATCH', `/api/silences/${id}`, { to: toText(T0 + 2 * HOUR) });
    expect(changed).toMatchObject({
      status: 200,
      body: { to: toText(T0 + 2 * HOUR), comment: 'new disks', changedBy: { kind: 'person' } },
    });
    expect(releases()).toEqual([id]);
    world.setClock(T0 + 3 * HOUR);
    expect((await ask('PATCH', `/api/silences/${id}`, { comment: 'x' })).status).toBe(409);
  });

  it('are ended by deleting them, once, and stay with who did', async () => {
    const { id } = await made();
    world.setClock(T0 + 60_000);
    expect((await ask('DELETE', `/api/silences/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/api/silences/${id}`)).status).toBe(204);
    expect(releases()).toEqual([id]);
    expect((await ask('GET', `/api/silences/${id}`)).body).toMatchObject({
      ...{ state: 'expired', to: toText(T0 + 60_000), endedBy: { kind: 'person' } },
    });
  });

  it('tell what they held back', async () => {
    const { id, to } = await made();
    const held = ['a', 'b'].map((name) => ({
      ...{ quiet: id, signal: signal(name, 'firing', 0), why: 'because', quietTo: Date.parse(to) },
      from: { integration: 'int_X', source: 'generic', receipt: 'r', receivedAt: T0 } as const,
    }));
    await keepHeld(org, held as Parameters<typeof keepHeld>[1], T0);
    const { body } = await ask('GET', `/api/silences/${id}/alerts?limit=1`);
    expect(body.items).toMatchObject([
      { title: expect.stringContaining('is failing'), why: 'because', isHeld: false },
    ]);
    const rest = await ask('GET', `/api/silences/${id}/alerts?limit=1&cursor=${body.next}`);
    expect(rest.body.items).toHaveLength(1);
  });

  it('take together no longer than they may, however many patterns they have', async () => {
    const { id } = await made();
    const there = (await readQuiet(org, id, T0))?.quiet;
    const matchers = Array.from({ length: 20 }, (_, i) => ({
      name: `l${i}`,
      op: '=~',
      value: '(?i).*disk.*[0-9].*',
    }));
    const row = { kind: 'listed-quiet', org, quiet: { ...there, matchers } };
    for (let i = 1; i < 200; i++)
      await table.put({ ...schema.listedQuiet.key({ org, to: T0 + HOUR, quiet: `sil_${i}` }), ...row });
    const refused = await ask('POST', '/api/silences', plan);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'limit' } } });
    expect(refused.body.error.message).toMatch(/would take \d+ % of the time that they may/);
  });

  it('may be 500 that are not over, and no more', async () => {
    const { id } = await made();
    const there = (await readQuiet(org, id, T0))?.quiet;
    const row = { kind: 'listed-quiet', org, quiet: there };
    for (let i = 1; i < 499; i++)
      await table.put({ ...schema.listedQuiet.key({ org, to: T0 + HOUR, quiet: `sil_${i}` }), ...row });
    await made();
    const refused = await ask('POST', '/api/silences', plan);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'limit' } } });
    expect(refused.body.error.message).toContain('at most 500');
  });
});

describe('maintenance windows', () => {
  const path = '/api/maintenance';
  it('of a service that the catalogue does not have are made and changed, with a warning that names the nearest', async () => {
    const body = configurationParts.parse({ services: [{ id: 'checkout' }] });
    await replaceConfiguration(org, 0, body, { actor: { kind: 'system', id: 'before' }, at: 0 });
    const window = { services: ['Checkout', 'chekout'], to: toText(T0 + HOUR), comment: 'new disks' };
    const { id, warnings } = await made(window, path);
    const unknown = "There is no service 'chekout' in the catalogue; nearest: 'checkout'.";
    expect(warnings).toEqual([expect.stringContaining(unknown)]);
    const later = await ask('PATCH', `${path}/${id}`, { to: toText(T0 + 2 * HOUR) });
    expect(later.body.warnings).toEqual([expect.stringContaining(unknown)]);
    expect(await made({ ...window, services: ['checkout'] }, path)).not.toHaveProperty('warnings');
  });

  const window = { services: [' Checkout ', 'search'], to: plan.to, comment: 'move' };

  it('are of services in the form in which these are compared', async () => {
    const body = await made(window, path);
    expect(body).toMatchObject({ services: ['checkout', 'search'], state: 'active' });
    expect(await idsOf(path)).toEqual([body.id]);
    expect(await idsOf('/api/silences')).toEqual([]);
    expect((await ask('GET', `/api/silences/${body.id}`)).status).toBe(400);
  });

  it('are changed and ended', async () => {
    const { id } = await made(window, path);
    const { body } = await ask('PATCH', `${path}/${id}`, { services: ['API'] });
    expect(body.services).toEqual(['api']);
    expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204);
    expect(await idsOf(`${path}?state=expired`)).toEqual([id]);
    expect((await ask('GET', `${path}/${id}/alerts`)).body).toEqual({ items: [] });
    expect((await ask('DELETE', `${path}/${idOf('maintenanceWindow', T0, 'other')}`)).status).toBe(404);
  });
});
