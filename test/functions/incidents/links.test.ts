import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import type { TestRequest } from '../../support/http-event.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org = idOf('organisation', T0, '0');
let detection: DetectionOnEngine;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/incidents/routes.ts'));
  handler = world.as('Incidents', handler);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `links ${count++}`);
  detection = new DetectionOnEngine(org, [byService]);
  setNow(epoch + 10_000);
  world.forget();
});

function setNow(now: number): void {
  detection.now = now;
  world.setClock(now);
}

const ask = (method: string, path: string, body?: object, more: Partial<TestRequest> = {}) =>
  call(handler, {
    method,
    path: `/api/incidents${path}`,
    authorizer: memberOf(org),
    ...(body && { body }),
    ...more,
  });
interface Listed {
  readonly name: string;
  readonly state: string;
}

const fires = (name: string, service: string, at = 0) => post(signal(name, 'firing', at, { service }));
const ends = (name: string, at: number) => post(signal(name, 'resolved', at));

async function incidents(): Promise<Map<string, { id: string; state: string; severity: string }>> {
  const { items } = (await ask('GET', '')).body;
  return new Map(
    items.map((one: { id: string; service?: string; title: string }) => [one.service ?? one.title, one]),
  );
}
const idFor = async (name: string) => (await incidents()).get(name)?.id ?? '';
const alertsOf = async (id: string): Promise<readonly string[]> =>
  (await ask('GET', `/${id}/alerts`)).body.items.map((one: { fingerprint: string }) => one.fingerprint);

describe('merging by hand', () => {
  it('brings the alerts together, also those that come later, and closes with the last of them', async () => {
    await detection.receive([fires('a', 'web'), fires('b', 'mail')]);
    const [web, mail] = [await idFor('web'), await idFor('mail')];
    const { status, body } = await ask('POST', `/${web}/merge`, { incidents: [mail], reason: 'One cause' });
    expect([status, body.id]).toEqual([200, web]);
    expect((await ask('GET', `/${mail}`)).body).toMatchObject({ state: 'resolved', mergedInto: web });
    setNow(epoch + 60_000);
    await detection.receive([fires('c', 'mail', 50)]);
    expect(new Set(await alertsOf(web))).toEqual(new Set(['a', 'b', 'c'].map(fingerprint)));
    await detection.receive([ends('a', 55), ends('c', 56)]);
    await detection.settle();
    expect((await ask('GET', `/${web}`)).body.state).toBe('triggered');
    await detection.receive([ends('b', 58)]);
    await detection.settle();
    expect((await ask('GET', `/${web}`)).body.state).toBe('resolved');
  });

  it('into one that a person declared: from then on it takes their alerts', async () => {
    const declared = (await ask('POST', '', { title: 'All is slow', severity: 'P2_HIGH' })).body.id;
    await detection.receive([fires('a', 'web')]);
    const web = await idFor('web');
    expect((await ask('POST', `/${declared}/merge`, { incidents: [web], reason: 'Same' })).status).toBe(200);
    setNow(epoch + 60_000);
    await detection.receive([fires('b', 'web', 40)]);
    expect(new Set(await alertsOf(declared))).toEqual(new Set(['a', 'b'].map(fingerprint)));
    await detection.receive([ends('a', 50), ends('b', 50)]);
    await detection.settle();
    expect((await ask('GET', `/${declared}`)).body.state).toBe('resolved');
  });

  it('of two that people declared, the worse severity holds; again changes nothing', async () => {
    const first = (await ask('POST', '', { title: 'One', severity: 'P3_MEDIUM' })).body.id;
    const second = (await ask('POST', '', { title: 'Two', severity: 'P1_CRITICAL' })).body.id;
    const merged = await ask('POST', `/${first}/merge`, { incidents: [second], reason: 'Same' });
    expect(merged.body.severity).toBe('P1_CRITICAL');
    const again = await ask('POST', `/${first}/merge`, { incidents: [second], reason: 'Same' });
    expect(again.body.version).toBe(merged.body.version);
  });

  it('[M12] what is resolved takes nothing and goes nowhere; nothing is merged into itself', async () => {
    const first = (await ask('POST', '', { title: 'One', severity: 'P3_MEDIUM' })).body.id;
    const second = (await ask('POST', '', { title: 'Two', severity: 'P3_MEDIUM' })).body.id;
    await ask('PATCH', `/${second}`, { state: 'resolved' });
    const into = await ask('POST', `/${second}/merge`, { incidents: [first], reason: 'x' });
    expect([into.status, into.body.error.message]).toEqual([
      409,
      expect.stringMatching(/is resolved: open it again/),
    ]);
    expect((await ask('POST', `/${first}/merge`, { incidents: [second], reason: 'x' })).status).toBe(409);
    expect((await ask('POST', `/${first}/merge`, { incidents: [first], reason: 'x' })).status).toBe(400);
    const third = (await ask('POST', '', { title: 'Three', severity: 'P3_MEDIUM' })).body.id;
    await ask('POST', `/${first}/merge`, { incidents: [third], reason: 'x' });
    const gone = await ask('POST', `/${third}/merge`, { incidents: [first], reason: 'x' });
    expect([gone.status, gone.body.error.message]).toEqual([
      409,
      expect.stringMatching(
        new RegExp(
          `^INC-\\d+ was merged into INC-\\d+ \\(${first}\\), where it goes on; merge with that one instead`,
        ),
      ),
    ]);
  });
});

describe('two incidents of one group that grow together', () => {
  it('name each other in their logs, by number', async () => {
    setNow(epoch);
    await detection.receive([fires('a', 'web'), ends('a', 1)]);
    setNow(epoch + 1_800_000);
    await detection.receive([fires('b', 'web', 1_800)]);
    setNow(epoch + 1_801_000);
    await detection.receive([post(signal('c', 'firing', 905, { service: 'web' })), ends('c', 906)]);
    const all = (await ask('GET', '')).body.items;
    const items = all.toSorted((a: Listed, b: Listed) => a.name.localeCompare(b.name));
    expect(items.map(({ name, state }: Listed) => `${name} ${state}`)).toEqual([
      'INC-1 triggered',
      'INC-2 resolved',
    ]);
    const numberIn = async (place: number, type: string) => {
      const facts = (await ask('GET', `/${items[place].id}/facts`)).body.items;
      return facts.find((fact: { type: string }) => fact.type === type)?.data.number;
    };
    expect([await numberIn(0, 'incident.absorbed'), await numberIn(1, 'incident.merged')]).toEqual([2, 1]);
    expect((await ask('GET', `/${items[1].id}`)).body).toMatchObject({ mergedInto: items[0].id });
  });
});

describe('splitting by hand', () => {
  const three = () => detection.receive([fires('a', 'web'), fires('b', 'web'), fires('c', 'web')]);

  it('gives alerts an incident of their own, where later firings of them come too', async () => {
    await three();
    const web = await idFor('web');
    const { status, body } = await ask('POST', `/${web}/split`, {
      alerts: [fingerprint('b')],
      reason: 'Other cause',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'triggered', title: 'b is failing', service: 'web' });
    expect(await alertsOf(body.id)).toEqual([fingerprint('b')]);
    expect(new Set(await alertsOf(web))).toEqual(new Set(['a', 'c'].map(fingerprint)));
    setNow(epoch + 60_000);
    await detection.receive([ends('b', 20), fires('b', 'web', 30), fires('d', 'web', 30)]);
    expect(await alertsOf(body.id)).toEqual([fingerprint('b')]);
    expect(new Set(await alertsOf(web))).toEqual(new Set(['a', 'c', 'd'].map(fingerprint)));
  });

  it('each closes when its own alerts are over', async () => {
    await three();
    const web = await idFor('web');
    const own = (await ask('POST', `/${web}/split`, { alerts: [fingerprint('b')], reason: 'Other' })).body.id;
    setNow(epoch + 60_000);
    await detection.receive([ends('a', 50), ends('c', 50)]);
    await detection.settle();
    const state = async (id: string) => (await ask('GET', `/${id}`)).body.state;
    expect([await state(web), await state(own)]).toEqual(['resolved', 'triggered']);
    await detection.receive([ends('b', 55)]);
    await detection.settle();
    expect(await state(own)).toBe('resolved');
  });

  it('what was split off and merged elsewhere keeps that open, and its repeats come there', async () => {
    await three();
    await detection.receive([fires('m', 'mail')]);
    const [web, mail] = [await idFor('web'), await idFor('mail')];
    const body = { alerts: [fingerprint('b')], reason: 'Other' };
    const own = (await ask('POST', `/${web}/split`, body)).body.id;
    expect((await ask('POST', `/${mail}/merge`, { incidents: [own], reason: 'Same' })).status).toBe(200);
    setNow(epoch + 60_000);
    await detection.receive([ends('m', 40), fires('b', 'web', 45)]);
    await detection.settle();
    const state = async (id: string) => (await ask('GET', `/${id}`)).body.state;
    expect([await state(mail), await state(own)]).toEqual(['triggered', 'resolved']);
    expect(new Set(await alertsOf(mail))).toEqual(new Set(['m', 'b'].map(fingerprint)));
    await detection.receive([ends('b', 50)]);
    await detection.settle();
    expect(await state(mail)).toBe('resolved');
  });

  it('of the last alert of a service takes that from what it has reached, until another one comes', async () => {
    await detection.receive([fires('a', 'web'), fires('b', 'mail'), fires('c', 'mail')]);
    const [web, mail] = [await idFor('web'), await idFor('mail')];
    await ask('POST', `/${web}/merge`, { incidents: [mail], reason: 'One cause' });
    const reached = async () => (await ask('GET', `/${web}`)).body.reached;
    const splits = (name: string) =>
      ask('POST', `/${web}/split`, { alerts: [fingerprint(name)], reason: 'Other' });
    expect(await reached()).toEqual(['mail']);
    expect((await splits('b')).status).toBe(201);
    expect(await reached()).toEqual(['mail']);
    expect((await splits('c')).status).toBe(201);
    expect(await reached()).toBeUndefined();
    const { items } = (await ask('GET', `/${web}/facts`)).body;
    const last = items.findLast(({ type }: { type: string }) => type === 'incident.split');
    expect(last.data.gone).toEqual(['mail']);
    setNow(epoch + 60_000);
    await detection.receive([fires('d', 'mail', 50)]);
    expect(await alertsOf(web)).toContain(fingerprint('d'));
    expect(await reached()).toEqual(['mail']);
  });

  it('refuses alerts that are not in it, all of them, and what is over', async () => {
    await three();
    const web = await idFor('web');
    const refused = async (alerts: readonly string[]) =>
      (await ask('POST', `/${web}/split`, { alerts: alerts.map(fingerprint), reason: 'x' })).body.error.param;
    expect(await refused(['x'])).toBe('body.alerts');
    expect(await refused(['a', 'b', 'c'])).toBe('body.alerts');
    await ask('PATCH', `/${web}`, { state: 'resolved' });
    expect((await ask('POST', `/${web}/split`, { alerts: [fingerprint('a')], reason: 'x' })).status).toBe(
      409,
    );
  });
});

describe('relating by hand', () => {
  it('stands in both, once, until a person takes it back', async () => {
    const first = (await ask('POST', '', { title: 'One', severity: 'P3_MEDIUM' })).body.id;
    const second = (await ask('POST', '', { title: 'Two', severity: 'P3_MEDIUM' })).body.id;
    for (let again = 0; again < 2; again++)
      expect((await ask('POST', `/${first}/related`, { incident: second, why: 'Same day' })).status).toBe(
        200,
      );
    const related = async (id: string) => (await ask('GET', `/${id}`)).body.related;
    expect(await related(first)).toMatchObject([{ incident: second, why: 'Same day' }]);
    expect(await related(second)).toMatchObject([{ incident: first, why: 'Same day' }]);
    await ask('DELETE', `/${second}/related/${first}`);
    expect([await related(first), await related(second)]).toEqual([undefined, undefined]);
  });
});
