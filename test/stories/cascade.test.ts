import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';

describe('an outage of many services', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    const { body, headers } = await app.call('GET', '/api/config');
    const services = [
      { id: 'postgres', tier: 1 },
      { id: 'checkout', dependsOn: ['postgres'] },
      { id: 'payments', dependsOn: ['postgres'] },
      { id: 'web', dependsOn: ['checkout'] },
    ];
    const put = { ...(body.configuration as object), services };
    await app.call('PUT', '/api/config', put, { 'if-match': headers.get('etag') ?? '' });
  });
  afterAll(() => app.stop());

  const fires = (service: string, title: string) =>
    app.send('generic', { title, service, severity: 'critical', key: service });
  const ends = (service: string) => app.send('generic', { status: 'resolved', key: service, service });
  const open = () => app.incidents('?state=open');

  it('is one incident that pages once, whatever is told of first, and names where it comes from', async () => {
    await fires('checkout', 'Orders fail');
    await fires('payments', 'Cards are refused');
    await fires('web', 'Pages are slow');
    await fires('postgres', 'No connections left');
    await app.system.clock.fastForward(5 * SECOND);
    const [incident, ...others] = await open();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ origin: 'postgres' });
    const reasons = (await app.facts(incident?.id ?? '')).flatMap(({ type, data }) =>
      type === 'alerts.changed' || type === 'incident.absorbed' ? [JSON.stringify(data)] : [],
    );
    expect(reasons.join('\n')).toMatch(/web depends on checkout \(0\.8\d\)/);
    expect(reasons.join('\n')).toMatch(/depends on postgres/);
  });

  it('closes when the last of it is over', async () => {
    for (const service of ['postgres', 'checkout', 'web']) await ends(service);
    await app.system.clock.fastForward(20 * SECOND);
    expect(await open()).toHaveLength(1);
    await ends('payments');
    await app.system.clock.fastForward(20 * SECOND);
    expect(await open()).toEqual([]);
  });
});
