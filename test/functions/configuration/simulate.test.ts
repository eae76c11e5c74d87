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
let count = 0;
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
  org = idOf('organisation', 0, `simulate ${count++}`);
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
    expect(json.policies).toEqual([{ wakes: ['ann'], active: 2, draft: 1 }]);
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
    expect((await simulate({ rules: [], upload: { bodies: [] } })).status).toBe(400);
  });

  it('never covers a part without saying so', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) =>
      signal(`s${i}`, 'firing', 0, { service: `s${i % 7}` }),
    );
    for (let i = 0; i < 15; i++) {
      const message = { ...post(...many), org, receivedAt: epoch + i * MINUTE };
      await keepSignals(org, [message], 30);
    }
    const { status, json } = await simulate({ rules: [] });
    expect([status, json.covered.isComplete, json.covered.signals]).toEqual([200, false, 19_500]);
    expect(json.covered.until).toBe(toText(epoch + 13 * MINUTE));
    expect(json.covered.why).toMatch(/more than 20000 signals, of which 19500 were played; ask for less/);
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
    await put(4, {});
    expect((await shadow()).status).toBe(404);
  });

  it('names only what is there', async () => {
    const rules = [{ id: 'a', name: 'A', actions: { assignToTeam: 'nobody' } }];
    const { status, json } = await put(0, { shadow: { rules } });
    expect([status, json.error.param]).toEqual([400, 'body.shadow.rules[0].actions.assignToTeam']);
  });
});
