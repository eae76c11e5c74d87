import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { fixtureText } from '../support/alert-fixture.ts';
import { type App, startApp } from '../support/app.ts';

describe('an integration as its owner works with it', { timeout: 90_000 }, () => {
  let app: App;
  let id = '';
  let url = '';
  beforeAll(async () => {
    app = await startApp();
    const { body } = await app.call('POST', '/api/integrations', { name: 'Shop errors', source: 'sentry' });
    ({ id, url } = body as { id: string; url: string });
  });
  afterAll(() => app.stop());

  const at = (rest = '') => `/api/integrations/${id}${rest}`;
  const text = fixtureText('sentry/event-alert');
  let requests = 0;
  /** Posts as Sentry does; the same body is the same delivery. */
  async function post(to: string, secret?: string, request = `request-${++requests}`) {
    const body = JSON.stringify({ ...JSON.parse(text), actor: { id: request, type: 'application' } });
    const signature = (key: string) => createHmac('sha256', key).update(body).digest('hex');
    const headers = {
      ...{ 'content-type': 'application/json', 'sentry-hook-resource': 'event_alert', 'request-id': request },
      ...(secret !== undefined && { 'sentry-hook-signature': signature(secret) }),
    };
    // The host for senders has a certificate of its own here; the API behind it is the same.
    const { status } = await fetch(`${app.addresses.api}${new URL(to).pathname}`, {
      method: 'POST',
      headers,
      body,
    });
    await app.system.idle();
    return status;
  }
  const shown = async () => (await app.call('GET', at())).body;
  const rotate = async (body: object) => (await app.call('POST', at('/rotate'), body)).body;
  const kept = async () => (await app.call('GET', at('/deliveries'))).body.items as Record<string, unknown>[];

  it('[F1] takes only what its secret has signed, once there is one, and tells why the rest was refused', async () => {
    await rotate({ what: 'secret', secret: 'secret-of-sentry', overlapHours: 0 });
    expect([await post(url), await post(url, 'another'), await post(url, 'secret-of-sentry')]).toEqual([
      403, 403, 202,
    ]);
    expect(await app.incidents('?state=open')).toHaveLength(1);
    expect((await kept()).map(({ status }) => status)).toEqual([202]);
    const lastRefused = { reason: expect.stringContaining('sentry-hook-signature') };
    expect(await shown()).toMatchObject({
      signed: true,
      refused: 1,
      lastRefused,
      lastSeenAt: expect.any(String),
    });
    expect(JSON.stringify(await kept())).not.toContain('canary-2');
  });

  it('[F3] takes what the old or the new secret has signed, at the old or the new address, until the overlap ends', async () => {
    await rotate({ what: 'secret', secret: 'new-secret-of-sentry', overlapHours: 1 });
    const next = (await rotate({ what: 'key', overlapHours: 1 })) as { url: string };
    const all = () =>
      Promise.all([
        post(url, 'secret-of-sentry'),
        post(next.url, 'secret-of-sentry'),
        post(next.url, 'new-secret-of-sentry'),
      ]);
    expect(await all()).toEqual([202, 202, 202]);
    await app.system.clock.fastForward(60 * MINUTE);
    expect(await all()).toEqual([403, 403, 202]);
    url = next.url;
  });

  it('[F5] [F6] counts a delivery once, however often it is sent, also a quarter of an hour later', async () => {
    await app.system.clock.fastForward(2 * MINUTE);
    const before = ((await shown()).alerts as { hour: number }).hour;
    const same = () => post(url, 'new-secret-of-sentry', 'the-same');
    expect(await Promise.all(Array.from({ length: 10 }, same))).toEqual(Array(10).fill(202));
    await app.system.clock.fastForward(15 * MINUTE);
    expect(await same()).toBe(202);
    await app.system.clock.fastForward(2 * MINUTE);
    expect(((await shown()).alerts as { hour: number }).hour).toBe(before + 1);
  });

  it('is tried by a test alert that is an incident of P5 and ends by itself', async () => {
    await app.call('POST', at('/test'));
    await app.system.idle();
    const title = 'Test alert of Shop errors';
    const found = async () => (await app.incidents()).find((one) => one.title === title);
    expect(await found()).toMatchObject({ state: 'triggered', severity: 'P5_INFO' });
    await app.system.clock.fastForward(2 * MINUTE);
    expect(await found()).toMatchObject({ state: 'resolved' });
  });

  it('that is paused takes nothing until it is resumed', async () => {
    await app.call('PATCH', at(), { paused: true });
    await app.system.clock.fastForward(MINUTE);
    expect(await post(url, 'new-secret-of-sentry')).toBe(403);
    await app.call('PATCH', at(), { paused: false });
    await app.system.clock.fastForward(MINUTE);
    expect(await post(url, 'new-secret-of-sentry')).toBe(202);
  });
});
