import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import { HOUR, MINUTE, SECOND, toText } from '../../../shared/kernel/index.ts';
import { provedBy, signing, startScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
let restore = () => {};
const logged = (['info', 'warn', 'error'] as const).map((level) =>
  vi.spyOn(log, level).mockReturnValue(undefined),
);

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());
beforeEach(() => {
  scene.now += 1_000 * HOUR;
  scene.parametersDown = false;
  scene.reads = 0;
  restore = provedBy('generic', signing);
});
afterEach(() => restore());

const alert = { title: 'Disk full', key: 'disk' };
const made = async () =>
  (await scene.api('POST', '/api/integrations', { name: 'x', source: 'generic' })).json;
const rotate = (id: string, body: object) => scene.api('POST', `/api/integrations/${id}/rotate`, body);
const shown = async (id: string) => (await scene.api('GET', `/api/integrations/${id}`)).json;
const signed = (secret: string, body: unknown = alert) => ({
  'X-Trial-Signature': `v1=${createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex')}`,
});
const posted = async (url: string, headers = {}) => (await scene.post(url, alert, headers)).status;
/** Sets a first secret, without a time in which bodies need no signature. */
const withSecret = async (secret: string) => {
  const one = await made();
  await rotate(one.id, { what: 'secret', secret, overlapHours: 0 });
  return one;
};

describe('a key that is rotated', () => {
  it('[F3] is taken like the new one until the overlap ends, to the millisecond, and then refused', async () => {
    const { id, url } = await made();
    const { status, json } = await rotate(id, { what: 'key' });
    expect([status, json.oldKeyUntil]).toEqual([200, toText(scene.now + 24 * HOUR)]);
    expect(json.url).not.toBe(url);
    expect([await posted(url), await posted(json.url)]).toEqual([202, 202]);
    scene.now += 24 * HOUR - 1;
    expect([await posted(url), await posted(json.url)]).toEqual([202, 202]);
    scene.now += 1;
    expect([await posted(url), await posted(json.url)]).toEqual([403, 202]);
    expect(await shown(id)).not.toHaveProperty('oldKeyUntil');
  });

  it('[F3] a second time during the overlap leaves the one that senders have, and replaces the newest', async () => {
    const { id, url } = await made();
    const second = (await rotate(id, { what: 'key' })).json;
    const third = (await rotate(id, { what: 'key', overlapHours: 1 })).json;
    expect(third.oldKeyUntil).toBe(second.oldKeyUntil);
    expect([await posted(url), await posted(second.url), await posted(third.url)]).toEqual([202, 403, 202]);
    scene.now += 24 * HOUR;
    expect([await posted(url), await posted(third.url)]).toEqual([403, 202]);
  });

  it('[F3] a second time is taken as long as the second one asks, if that is longer; without an overlap it ends', async () => {
    const { id, url } = await made();
    await rotate(id, { what: 'key', overlapHours: 1 });
    const { json } = await rotate(id, { what: 'key', overlapHours: 2 });
    expect(json.oldKeyUntil).toBe(toText(scene.now + 2 * HOUR));
    const last = (await rotate(id, { what: 'key', overlapHours: 0 })).json;
    expect(last).not.toHaveProperty('oldKeyUntil');
    expect([await posted(url), await posted(json.url), await posted(last.url)]).toEqual([403, 403, 202]);
  });

  it('[F3] again after the overlap leaves the one that was new then', async () => {
    const { id, url } = await made();
    const second = (await rotate(id, { what: 'key', overlapHours: 1 })).json;
    scene.now += HOUR;
    const third = (await rotate(id, { what: 'key' })).json;
    expect([await posted(url), await posted(second.url), await posted(third.url)]).toEqual([403, 202, 202]);
  });

  it('[F3] without an overlap ends at once', async () => {
    const { id, url } = await made();
    const next = (await rotate(id, { what: 'key', overlapHours: 0 })).json;
    expect([await posted(url), await posted(next.url)]).toEqual([403, 202]);
  });

  it('by two people at once is rotated once, and the other is told: the key in use never ends unseen', async () => {
    const { id, url } = await made();
    const both = await Promise.all([1, 2].map(() => rotate(id, { what: 'key' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.json;
    expect([await posted(url), await posted(winner.url)]).toEqual([202, 202]);
  });

  it('is shown once, kept as a hash, and in no log', async () => {
    const { id } = await made();
    const { json } = await rotate(id, { what: 'key' });
    const key = json.url.split('/').at(-1);
    await posted(json.url);
    const list = (await scene.api('GET', '/api/integrations', undefined, { query: { limit: '100' } })).text;
    const rest = [list, await shown(id), logged.map(({ mock }) => mock.calls), scene.sent, ...scene.files];
    expect(JSON.stringify(rest)).not.toContain(key);
  });

  it('is closed with its integration, the old one too', async () => {
    const { id, url } = await made();
    const next = (await rotate(id, { what: 'key' })).json;
    expect((await scene.api('DELETE', `/api/integrations/${id}`)).status).toBe(204);
    expect([await posted(url), await posted(next.url)]).toEqual([403, 403]);
  });
});

describe('a signing secret', () => {
  it('[F1] once there is one, is asked of every body, and its integration says so', async () => {
    const { id, url } = await withSecret('first-secret');
    expect(await shown(id)).toMatchObject({ signed: true });
    const all = [{}, signed('another-secret'), signed('first-secret')];
    const before = scene.files.size;
    expect(await Promise.all(all.map((headers) => posted(url, headers)))).toEqual([403, 403, 202]);
    expect(scene.files.size).toBe(before + 1);
    expect(await shown(id)).toMatchObject({ refused: 1, lastRefused: { reason: expect.any(String) } });
  });

  it('[F3] that is rotated is taken like the new one until the overlap ends, and then refused', async () => {
    const { id, url } = await withSecret('first-secret');
    await rotate(id, { what: 'secret', secret: 'second-secret', overlapHours: 2 });
    const both = () => Promise.all(['first-secret', 'second-secret'].map((one) => posted(url, signed(one))));
    expect(await both()).toEqual([202, 202]);
    scene.now += 2 * HOUR - 1;
    expect(await both()).toEqual([202, 202]);
    scene.now += 1;
    expect(await both()).toEqual([403, 202]);
  });

  it('[F3] rotated again during the overlap leaves the one that senders have, and the newest is replaced and removed', async () => {
    const { id, url } = await withSecret('first-secret');
    for (const secret of ['second-secret', 'third-secret']) await rotate(id, { what: 'secret', secret });
    const all = ['first-secret', 'second-secret', 'third-secret'].map((one) => posted(url, signed(one)));
    expect(await Promise.all(all)).toEqual([202, 403, 202]);
    const kept = [...scene.parameters].filter(([name]) => name.includes(id)).map(([, value]) => value);
    expect(kept.sort()).toEqual(['first-secret', 'third-secret']);
  });

  it('[F3] rotated again while no signature is asked yet asks for none until that ends, and takes the first one, too', async () => {
    const { id, url } = await made();
    await rotate(id, { what: 'secret', secret: 'first-secret', overlapHours: 1 });
    await rotate(id, { what: 'secret', secret: 'second-secret', overlapHours: 2 });
    const all = () =>
      Promise.all([{}, signed('first-secret'), signed('second-secret')].map((one) => posted(url, one)));
    expect(await all()).toEqual([202, 202, 202]);
    scene.now += HOUR;
    expect(await all()).toEqual([403, 202, 202]);
    scene.now += HOUR;
    expect(await all()).toEqual([403, 403, 202]);
  });

  it('[F3] that is new is taken at once also where the door is remembered, and nothing is refused meanwhile', async () => {
    const { id, url } = await withSecret('first-secret');
    expect(await posted(url, signed('first-secret'))).toBe(202);
    scene.now += SECOND;
    await rotate(id, { what: 'secret', secret: 'second-secret' });
    expect(await posted(url, signed('second-secret'))).toBe(202);
  });

  it('that is the first leaves time to set it in the source: until the overlap ends no signature is asked, but a wrong one refused', async () => {
    const { id, url } = await made();
    const { json } = await rotate(id, { what: 'secret', secret: 'first-secret', overlapHours: 1 });
    expect(json).toMatchObject({ signed: true, unsignedUntil: toText(scene.now + HOUR) });
    expect(json).not.toHaveProperty('oldSecretUntil');
    const all = [{}, signed('another-secret'), signed('first-secret')];
    expect(await Promise.all(all.map((headers) => posted(url, headers)))).toEqual([202, 403, 202]);
    scene.now += HOUR;
    expect(await posted(url)).toBe(403);
  });

  it('[F3] that is replaced soon after the first is shown with both ends: of the old one, and of what is not signed', async () => {
    const { id, url } = await made();
    await rotate(id, { what: 'secret', secret: 'first-secret', overlapHours: 24 });
    const { json } = await rotate(id, { what: 'secret', secret: 'second-secret', overlapHours: 1 });
    const [hour, day] = [scene.now + HOUR, scene.now + 24 * HOUR];
    expect(json).toMatchObject({ oldSecretUntil: toText(hour), unsignedUntil: toText(day) });
    scene.now = day - 1;
    expect(await posted(url)).toBe(202);
    scene.now = day;
    expect(await posted(url)).toBe(403);
  });

  it('set by two people at once is that of one, whose secret counts; the other is told and leaves nothing', async () => {
    const { id, url } = await made();
    const secrets = ['of-one-person', 'of-the-other'];
    const both = await Promise.all(
      secrets.map((secret) => rotate(id, { what: 'secret', secret, overlapHours: 0 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const taken = await Promise.all(secrets.map((secret) => posted(url, signed(secret))));
    expect(taken).toEqual(both.map(({ status }) => (status === 200 ? 202 : 403)));
    expect([...scene.parameters.keys()].filter((name) => name.includes(id))).toHaveLength(1);
  });

  it('is made here and shown once where the source takes one, and never asked of a source that makes its own', async () => {
    const { id, url } = await made();
    expect((await rotate(id, { what: 'secret' })).json.error).toMatchObject({ param: 'body.secret' });
    restore();
    restore = provedBy('generic', { ...signing, secretBy: 'us' });
    expect((await rotate(id, { what: 'secret', secret: 'of-my-own' })).status).toBe(400);
    const { json } = await rotate(id, { what: 'secret', overlapHours: 0 });
    expect(json.secret).toMatch(/^[0-9a-f]{64}$/);
    expect([await posted(url), await posted(url, signed(json.secret))]).toEqual([403, 202]);
    const rest = [await shown(id), logged.map(({ mock }) => mock.calls), scene.sent, ...scene.files];
    expect(JSON.stringify(rest)).not.toContain(json.secret);
  });

  it('of a source that does not sign is refused with what to do instead', async () => {
    restore();
    const { id } = await made();
    const { status, json } = await rotate(id, { what: 'secret', secret: 'no-use-of-it' });
    expect([status, json.error.message]).toEqual([400, expect.stringContaining('what: "key"')]);
    expect(scene.parameters.size).toBe(
      [...scene.parameters.keys()].filter((name) => !name.includes(id)).length,
    );
  });

  it('is read once a minute at most, and not at all where there is none', async () => {
    const { url } = await withSecret('first-secret');
    for (let i = 0; i < 5; i++) await posted(url, signed('first-secret'));
    expect(scene.reads).toBe(1);
    scene.now += MINUTE;
    await posted(url, signed('first-secret'));
    expect(scene.reads).toBe(2);
    const other = await made();
    await posted(other.url);
    expect(scene.reads).toBe(2);
  });

  it('is the last that was read while Parameter Store throttles', async () => {
    const { url } = await withSecret('first-secret');
    await posted(url, signed('first-secret'));
    scene.now += 5 * MINUTE;
    scene.parametersDown = true;
    expect([await posted(url, signed('first-secret')), await posted(url)]).toEqual([202, 403]);
  });

  it('that cannot be read at all is a 503 with when to come again, whatever was sent; nothing is taken unsigned', async () => {
    const { url } = await withSecret('first-secret');
    const before = scene.sent.length;
    scene.parametersDown = true;
    const { status, headers, text } = await scene.post(url, alert, signed('first-secret'));
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(text).not.toContain('canary');
    expect((await scene.post(url, alert)).status).toBe(403);
    expect(scene.sent).toHaveLength(before);
  });

  it('goes with its integration', async () => {
    const { id } = await withSecret('first-secret');
    await scene.api('DELETE', `/api/integrations/${id}`);
    expect([...scene.parameters.keys()].filter((name) => name.includes(id))).toEqual([]);
  });
});
