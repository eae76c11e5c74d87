import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type RestClient, restClient } from '../support/rest.ts';

interface Document {
  readonly version: number;
  readonly configuration: Readonly<Record<string, unknown>>;
}

const quiet = [
  {
    id: 'cron',
    name: 'Cron',
    conditions: { alertPattern: 'Cron job' },
    actions: { createIncident: false },
  },
];

describe('a rule from draft to active and back', { timeout: 90_000 }, () => {
  let app: App;
  let ask: RestClient;
  beforeAll(async () => {
    app = await startApp();
    ask = restClient(app.addresses.api, app.addresses.token);
    for (const [key, title] of [
      ['a', 'Cron job 7 failed'],
      ['b', 'checkout is down'],
    ] as const)
      expect((await app.send('generic', { key, title, service: 'checkout', severity: 'high' })).status).toBe(
        202,
      );
    await app.system.idle();
  });
  afterAll(() => app.stop());

  const inForce = async () => (await ask('GET', '/api/config')).body as unknown as Document;
  const put = async (change: object, reason: string) => {
    const { version, configuration } = await inForce();
    const headers = { 'if-match': `"${version}"` };
    const path = `/api/config?reason=${encodeURIComponent(reason)}`;
    const answer = await ask('PUT', path, { body: { ...configuration, ...change }, headers });
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  };

  it('is tried on what was really received', async () => {
    const { status, body } = await ask('POST', '/api/rules/simulate', { body: { days: 1, rules: quiet } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      covered: { isComplete: true, signals: 2 },
      missed: { total: 1, examples: [{ title: 'Cron job 7 failed' }] },
    });
  });

  it('is watched as a shadow, which lets every alert through', async () => {
    await put({ shadow: { rules: quiet } }, 'Watch the cron rule');
    expect(
      (await app.send('generic', { key: 'c', title: 'Cron job 8 failed', service: 'reports' })).status,
    ).toBe(202);
    await app.system.idle();
    expect(await app.incidents('?service=reports')).toHaveLength(1);
    const { status, body } = await ask('GET', '/api/rules/shadow');
    expect([status, body.missed]).toMatchObject([
      200,
      { total: 1, examples: [{ title: 'Cron job 8 failed' }] },
    ]);
  });

  it('is put in force, is known with its author and reason, and is taken back', async () => {
    const before = await inForce();
    await put({ rules: quiet, shadow: undefined }, 'Cron jobs wake nobody');
    const rule = await ask('GET', '/api/rules/cron');
    expect(rule.body).toMatchObject({
      history: [{ reason: 'Cron jobs wake nobody', by: { kind: 'person' } }],
    });
    expect(
      (await app.send('generic', { key: 'd', title: 'Cron job 9 failed', service: 'ledgers' })).status,
    ).toBe(202);
    await app.system.idle();
    expect(await app.incidents('?service=ledgers')).toEqual([]);
    const { version } = await inForce();
    const back = await ask('POST', '/api/config/rollback', {
      body: { version: before.version, reason: 'One of them mattered' },
      headers: { 'if-match': `"${version}"` },
    });
    expect(back.status).toBe(200);
    const versions = await ask('GET', '/api/config/versions?limit=2');
    expect(versions.body).toMatchObject({
      items: [{ version: version + 1, restores: before.version, reason: 'One of them mattered' }, {}],
    });
    expect((await ask('GET', `/api/config/versions/${before.version}`)).body).toMatchObject({
      reason: 'Watch the cron rule',
    });
    expect((await ask('GET', '/api/rules')).body).toMatchObject({ items: before.configuration.rules });
  });

  it('places what waited for its threshold, once it is gone', async () => {
    const few = [{ id: 'few', name: 'Five disks', conditions: { alertPattern: 'Disk', threshold: 5 } }];
    await put({ rules: few }, 'One disk wakes nobody');
    const disk = { key: 'e', title: 'Disk is full', service: 'storage', severity: 'critical' };
    expect((await app.send('generic', disk)).status).toBe(202);
    expect(await app.incidents('?service=storage')).toEqual([]);
    await put({ rules: [] }, 'It does');
    await app.system.clock.fastForward(3 * MINUTE);
    expect(await app.incidents('?service=storage')).toMatchObject([{ title: 'Disk is full' }]);
  });
});
