import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { type App, post, startApp } from '../support/app.ts';

describe('the same body a thousand times at once', () => {
  let app: App;
  beforeAll(async () => {
    // More workers than cores: races are what is wanted here.
    app = await startApp({ concurrency: 8 });
  });
  afterAll(() => app.stop());

  it('[F5] is accepted each time, and is one incident with one page and an alert received 1,000 times', async () => {
    const startsAt = new Date(app.system.clock.now()).toISOString();
    const labels = { alertname: 'DiskFull', severity: 'critical', service: 'storage', instance: 'storage-1' };
    const body = alertmanagerBody([{ labels, startsAt }]);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => post(app.addresses.webhooks.alertmanager ?? '', body)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await app.system.idle();
    expect(await app.incidents()).toHaveLength(1);
    expect(await app.mailbox('ada@example.com')).toHaveLength(1);

    await app.system.clock.fastForward(2 * MINUTE);
    const [incident] = await app.incidents();
    const { body: detail } = await app.call('GET', `/api/incidents/${incident?.id}`);
    expect(detail.alerts).toMatchObject({ total: 1, firing: 1, received: 1_000 });
    const { body: list } = await app.call('GET', `/api/incidents/${incident?.id}/alerts`);
    expect(list.items).toMatchObject([{ title: 'DiskFull', state: 'firing', received: 1_000 }]);
  }, 120_000);
});
