import { SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { keepSignals } from '../../../functions/aws/signals.ts';
import { DAY, HOUR, idOf, MINUTE, type OrganisationId, toText } from '../../../shared/kernel/index.ts';
import { epoch, post, signal } from '../../support/signals.ts';
import { startConfiguration } from './caller.ts';

let world: Awaited<ReturnType<typeof startConfiguration>>;
let org: OrganisationId = 'org_X';
let worlds = 0;
const { now } = clock;
const ses = mockClient(SESClient);
beforeAll(async () => {
  world = await startConfiguration();
});
afterAll(async () => {
  clock.now = now;
  ses.restore();
  await world.stop();
});
beforeEach(() => {
  org = idOf('organisation', 0, `simulate ${worlds++}`);
  clock.now = () => epoch + 2 * HOUR;
});

const deaf = [
  { id: 'deaf', name: 'Deaf', conditions: { alertPattern: 'search' }, actions: { createIncident: false } },
];
const services = ['checkout', 'search'];

/** Both services fail in the minute of the epoch, and are well again half an hour later. */
async function received(): Promise<void> {
  for (const service of services)
    for (const [state, at] of [
      ['firing', 0],
      ['resolved', 1_800],
    ] as const)
      await keepSignals(org, [{ ...post(signal(service, state, at, { service })), org }], 30);
}

/** A POST of so many alerts, received so many minutes after the epoch. */
async function keepMany(minute: number, count: number): Promise<void> {
  const many = Array.from({ length: count }, (_, i) =>
    signal(`s${i}`, 'firing', 0, { service: `s${i % 7}` }),
  );
  await keepSignals(org, [{ ...post(...many), org, receivedAt: epoch + minute * MINUTE }], 30);
}

const simulate = (body: object, role: 'manager' | 'responder' = 'manager') =>
  world.call(org, 'POST /api/rules/simulate', { body, role });

describe('POST /api/rules/simulate', () => {
  it('plays what was kept through a draft and tells what would be different', async () => {
    await received();
    const { status, json } = await simulate({ rules: deaf });
    expect([status, json.signals, json.alerts]).toEqual([200, 4, 2]);
    expect(json.covered).toEqual({
      ...{ from: toText(epoch + 2 * HOUR - 7 * DAY), until: toText(epoch + 2 * HOUR) },
      ...{ signals: 4, isComplete: true },
    });
    expect([json.active, json.draft]).toMatchObject([
      { incidents: 2, pages: 2, without: 0 },
      { incidents: 1, pages: 1, without: 1 },
    ]);
    expect(json.missed.examples).toEqual([
      {
        ...{ title: 'search is failing', service: 'search', firedAt: toText(epoch) },
        why: "Rule 'Deaf' records its alerts without an incident",
      },
    ]);
    expect(json.words.join(' ')).toMatch(/1 alert would be in no incident/);
  });

  it('says nothing of other times than were asked for', async () => {
    await received();
    const part = { from: toText(epoch + MINUTE), to: toText(epoch + HOUR) };
    expect((await simulate({ rules: [], ...part })).json).toMatchObject({ signals: 2, alerts: 0 });
    expect((await simulate({ rules: [], days: 1, from: part.from })).status).toBe(400);
    expect((await simulate({ rules: [], from: part.to, to: part.from })).status).toBe(400);
  });

  it('knows whose pages would be more or less, and whom they wake', async () => {
    const people = [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }];
    const policies = [{ id: 'web', name: 'Web', levels: [{ targets: ['ann'] }] }];
    await world.call(org, 'PUT /api/config', { body: { people, policies }, version: 0 });
    await received();
    const { json } = await simulate({ rules: deaf });
    expect(json.policies).toEqual([{ policy: 'web', wakes: ['ann'], active: 2, draft: 1 }]);
    const unknown = await simulate({ rules: [{ id: 'a', name: 'A', actions: { assignToTeam: 'nobody' } }] });
    expect([unknown.status, unknown.json.error.param]).toEqual([400, 'body.rules[0].actions.assignToTeam']);
  });

  it('takes a whole configuration, and what its services depend on', async () => {
    await received();
    const catalogue = [{ id: 'checkout', dependsOn: ['search'] }, { id: 'search' }];
    const { json } = await simulate({ configuration: { services: catalogue } });
    expect([json.merged.total, json.draft.incidents]).toEqual([1, 1]);
  });

  it('plays uploaded bodies as their source sends them, and names those that no alert comes of', async () => {
    const at = (second: number) => toText(epoch + second * 1_000);
    const bodies = [
      { body: { title: 'disk is full', service: 'search', status: 'firing', at: at(0) }, receivedAt: at(5) },
      { body: 7 },
    ];
    const { status, json } = await simulate({ rules: deaf, upload: { bodies: bodies.slice(0, 1) } });
    expect([status, json.signals, json.active.incidents]).toEqual([200, 1, 1]);
    expect(json.covered).toMatchObject({ from: at(5), isComplete: true });
    const alertmanager = await simulate({ rules: [], upload: { source: 'pagerduty-events', bodies } });
    expect(alertmanager.json.refused.total).toBe(2);
    const many = Array.from({ length: 2_000 }, (_, i) => ({
      body: Array.from({ length: 11 }, (_, j) => ({ title: `${i % 9}-${j}`, status: 'firing', at: at(i) })),
    }));
    expect((await simulate({ rules: [], upload: { bodies: many } })).json.covered).toMatchObject({
      ...{ signals: 19_998, isComplete: false },
      why: expect.stringMatching(/of which the first 19998 were played; upload less at once/),
    });
    expect((await simulate({ rules: [], upload: { bodies: [] } })).status).toBe(400);
  });

  it('never covers a part without saying so: the newest, or from where it was said that it begins', async () => {
    for (let i = 0; i < 15; i++) await keepMany(i, 1_500);
    const newest = await simulate({ rules: [] });
    expect([newest.status, newest.json.covered]).toMatchObject([
      200,
      {
        isComplete: false,
        signals: 19_500,
        from: toText(epoch + 2 * MINUTE),
        until: toText(epoch + 2 * HOUR),
      },
    ]);
    const why =
      /more than 20000 signals, of which the last 19500 were played; ask for less with 'from' and 'to'/;
    expect(newest.json.covered.why).toMatch(why);
    expect(newest.json.words[0]).toMatch(/^Not all was played: There are more than 20000 signals/);
    expect(newest.json.words.at(-1)).toBe('Of these, nothing would be different.');
    const { json: oldest } = await simulate({ rules: [], from: toText(epoch) });
    expect(oldest.covered).toMatchObject({
      isComplete: false,
      signals: 19_500,
      until: toText(epoch + 13 * MINUTE),
    });
    expect(oldest.covered.why).toMatch(/of which the first 19500 were played/);
  }, 60_000);

  it('plays what fits of one minute with more than that', async () => {
    for (let i = 0; i < 15; i++) await keepMany(i / 100, 1_500);
    const { json } = await simulate({ rules: [], from: toText(epoch) });
    expect(json.covered).toMatchObject({ signals: 19_500, until: toText(epoch + 0.13 * MINUTE) });
  }, 60_000);

  it('says that older signals are not kept any more', async () => {
    await received();
    const { json } = await simulate({ rules: [], days: 60 });
    expect(json.covered).toMatchObject({ isComplete: false, why: 'Signals are kept for 30 days' });
  });

  it('takes one draft, from those who may change the configuration', async () => {
    expect((await simulate({})).status).toBe(400);
    expect((await simulate({ rules: [], configuration: {} })).status).toBe(400);
    expect((await simulate({ rules: [], days: 1, upload: { bodies: [{ body: {} }] } })).status).toBe(400);
    expect((await simulate({ rules: [{ id: 'bad' }] })).status).toBe(400);
    expect((await simulate({ rules: [] }, 'responder')).status).toBe(403);
  });
});

describe('GET /api/rules/shadow', () => {
  const put = (version: number, body: object) => world.call(org, 'PUT /api/config', { body, version });
  const shadow = (search = '') => world.call(org, `GET /api/rules/shadow${search}`, { role: 'viewer' });

  it('compares what came since the shadow rules were put there, which decide nothing', async () => {
    expect((await shadow()).status).toBe(404);
    await received();
    clock.now = () => epoch - MINUTE;
    await put(0, { shadow: { rules: deaf } });
    clock.now = () => epoch + HOUR;
    const { status, json } = await shadow();
    expect([status, json.since, json.missed.total]).toEqual([200, toText(epoch - MINUTE), 1]);
    expect((await world.call(org, 'GET /api/rules')).json.items).toEqual([]);
  });

  it('goes on since the same time while its rules are the same, and anew with others', async () => {
    clock.now = () => epoch;
    await put(0, { shadow: { rules: deaf } });
    clock.now = () => epoch + HOUR;
    await put(1, { shadow: { rules: deaf }, detection: { signalDays: 90 } });
    expect((await shadow()).json.since).toBe(toText(epoch));
    await put(2, { shadow: { rules: [{ id: 'other', name: 'Other' }] } });
    expect((await shadow()).json.since).toBe(toText(epoch + HOUR));
    await put(3, { shadow: { since: toText(epoch - DAY), rules: deaf } });
    expect((await shadow('?days=2')).json.since).toBe(toText(epoch - DAY));
    const part = await shadow(`?from=${toText(epoch - HOUR)}&to=${toText(epoch)}`);
    expect(part.json.covered).toMatchObject({ from: toText(epoch - HOUR), until: toText(epoch) });
    expect((await shadow(`?to=${toText(epoch - 2 * DAY)}`)).json.error.param).toBe('query.to');
    expect((await shadow(`?days=1&from=${toText(epoch)}`)).json.error.param).toBe('query.days');
    await put(4, {});
    expect((await shadow()).status).toBe(404);
  });

  it('names only what is there', async () => {
    const rules = [{ id: 'a', name: 'A', actions: { assignToTeam: 'nobody' } }];
    const { status, json } = await put(0, { shadow: { rules } });
    expect([status, json.error.param]).toEqual([400, 'body.shadow.rules[0].actions.assignToTeam']);
  });
});
