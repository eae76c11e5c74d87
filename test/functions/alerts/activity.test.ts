import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../functions/alerts/pace.ts';
import { log } from '../../../functions/edge/log.ts';
import { DAY, HOUR, SECOND, toText } from '../../../shared/kernel/index.ts';
import { as, startScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
const warned = vi.spyOn(log, 'warn').mockReturnValue(undefined);
const info = vi.spyOn(log, 'info').mockReturnValue(undefined);

beforeAll(async () => {
  scene = await startScene();
  // What comes first is not kept.
  await post(`https://alerts.example/webhooks/generic/${'0'.repeat(32)}`);
});
afterAll(() => scene.stop());
beforeEach(() => {
  scene.now += 1_000 * HOUR;
  scene.filesDown = false;
  scene.sent.splice(0);
  warned.mockClear();
  info.mockClear();
});

const made = async (source = 'generic') =>
  (await scene.api('POST', '/api/integrations', { name: 'Scripts', source })).json;
const at = (id: string, rest = '') => `/api/integrations/${id}${rest}`;
const shown = async (id: string) => (await scene.api('GET', at(id))).json;
const deliveries = async (id: string) => (await scene.api('GET', at(id, '/deliveries'))).json.items;
const post = (url: string, body: unknown = { title: 'Disk full' }) => scene.post(url, body);

describe('the last bodies of an integration', () => {
  it('are shown newest first, with how they were answered and why', async () => {
    const { id, url } = await made();
    await post(url);
    scene.now += SECOND;
    await post(url, '{"broken"');
    expect(await deliveries(id)).toEqual([
      {
        ...{ receivedAt: toText(scene.now), status: 400, body: '{"broken"', cut: false },
        reason: expect.stringContaining('line 1, column 10'),
      },
      {
        ...{ receivedAt: toText(scene.now - SECOND), status: 202, cut: false },
        body: JSON.stringify({ title: 'Disk full' }, undefined, 2),
      },
    ]);
  });

  it('are without keys and secrets, in the store too', async () => {
    const { url } = await made();
    const key = url.split('/').at(-1);
    await post(url, { title: `at ${key}`, password: 'canary-secret' });
    expect(JSON.stringify([...scene.files])).not.toMatch(new RegExp(`canary|${key}`));
  });

  it('are kept five at once and then one in ten seconds, the refused apart, so that neither hides the other', async () => {
    const { id, url } = await made();
    for (let i = 0; i < 12; i++) await post(url, { title: `${i}` });
    const refused = await post(url, '{');
    expect(refused.status).toBe(400);
    const kept = await deliveries(id);
    expect(kept.map(({ status }: { status: number }) => status).sort()).toEqual([
      202, 202, 202, 202, 202, 400,
    ]);
    scene.now += 10 * SECOND;
    for (let i = 0; i < 3; i++) await post(url, { title: 'later' });
    const [first, ...rest] = (await deliveries(id)).map(({ body }: { body: string }) =>
      body.includes('later'),
    );
    expect([first, rest.includes(true)]).toEqual([true, false]);
    expect(await deliveries(id)).toHaveLength(6);
  });

  it('are shown for seven days, by time and not by when the store deletes them', async () => {
    const { id, url } = await made();
    await post(url);
    scene.now += 7 * DAY - 1;
    expect(await deliveries(id)).toHaveLength(1);
    scene.now += 1;
    expect(await deliveries(id)).toEqual([]);
  });

  it('that cannot be kept make no sender wait for nothing: the alert is taken, and the log tells it without the body', async () => {
    const { url } = await made();
    scene.filesDown = true;
    expect((await post(url, { title: 'canary-title' })).status).toBe(202);
    expect(scene.sent).toHaveLength(1);
    expect(warned.mock.calls).toEqual([['delivery was not kept', { what: 'body', reason: 'Error' }]]);
  });

  it('[F56] are not those of another organisation, whose integrations are not found', async () => {
    const { id, url } = await made();
    await post(url);
    for (const rest of ['', '/deliveries']) {
      const { status } = await scene.api('GET', at(id, rest), undefined, { authorizer: as('b') });
      expect(status).toBe(404);
    }
  });
});

describe('refusals', () => {
  it('[F1] are counted with the last reason, at most one write in ten seconds, and logged without the body', async () => {
    const { id, url } = await made();
    await post(url, '{"canary');
    expect(await shown(id)).toMatchObject({ refused: 1, lastRefused: { at: toText(scene.now) } });
    for (let i = 0; i < 4; i++) await post(url, '{"canary');
    expect((await shown(id)).refused).toBe(1);
    scene.now += 10 * SECOND;
    await post(url, '[');
    expect(await shown(id)).toMatchObject({
      refused: 6,
      lastRefused: { reason: expect.stringContaining('column 2') },
    });
    const lines = info.mock.calls.filter(([message]) => message === 'received').map(([, line]) => line);
    expect(lines).toHaveLength(6);
    for (const line of lines)
      expect(line).toMatchObject({ status: 400, refused: 'invalid', integration: id });
    expect(JSON.stringify(info.mock.calls)).not.toContain('canary');
  });

  it('of a key that opens nothing are logged, and kept for nobody', async () => {
    const before = scene.files.size;
    expect((await post(`https://alerts.example/webhooks/generic/${'0'.repeat(32)}`)).status).toBe(403);
    expect(info.mock.calls.at(-1)?.[1]).toMatchObject({ refused: 'forbidden', status: 403 });
    expect(scene.files.size).toBe(before);
  });
});

describe('an integration that is changed', () => {
  it('has its new name at once, in the list and by itself', async () => {
    const { id } = await made();
    expect((await scene.api('PATCH', at(id), { name: 'Renamed' })).json).toMatchObject({
      id,
      name: 'Renamed',
    });
    expect(await shown(id)).toMatchObject({ name: 'Renamed' });
  });

  it('to be paused refuses with 403 and what to do, and takes at once what comes after it goes on', async () => {
    const { id, url } = await made();
    expect((await post(url)).status).toBe(202);
    expect((await scene.api('PATCH', at(id), { paused: true })).json.paused).toBe(true);
    scene.now += 60 * SECOND;
    const { status, json } = await post(url);
    expect([status, json.error.message]).toEqual([403, expect.stringContaining('paused')]);
    expect(await shown(id)).toMatchObject({ refused: 1, lastRefused: { reason: json.error.message } });
    await scene.api('PATCH', at(id), { paused: false });
    scene.now += SECOND;
    expect((await post(url)).status).toBe(202);
  });

  it('by two people at once has what both of them changed', async () => {
    const { id, url } = await made();
    const both = [{ name: 'Renamed' }, { paused: true }].map((body) => scene.api('PATCH', at(id), body));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await shown(id)).toMatchObject({ name: 'Renamed', paused: true });
    expect((await post(url)).status).toBe(403);
  });

  it('with nothing, or with a field that is none, is refused', async () => {
    const { id } = await made();
    for (const body of [{}, { source: 'alertmanager' }, { paused: 'yes' }])
      expect((await scene.api('PATCH', at(id), body)).status).toBe(400);
  });
});

describe('a test alert', () => {
  it('goes the way of every alert, wakes nobody, and is resolved after a minute', async () => {
    const { id } = await made();
    const { status, json } = await scene.api('POST', at(id, '/test'));
    expect([status, json.resolvesAt]).toEqual([202, toText(scene.now + 60 * SECOND)]);
    expect(scene.sent).toMatchObject([
      {
        delaySeconds: 0,
        body: {
          ...{ kind: 'signals', own: true, integration: id },
          signals: [{ state: 'firing', title: 'Test alert of Scripts', severity: 'P5_INFO' }],
        },
      },
      { delaySeconds: 60, body: { signals: [{ state: 'resolved', fingerprint: json.fingerprint }] } },
    ]);
  });

  it('[C14] is sent once a minute at most, also by two people at once', async () => {
    const { id } = await made();
    const both = await Promise.all([1, 2].map(() => scene.api('POST', at(id, '/test'))));
    expect(both.map(({ status }) => status).sort()).toEqual([202, 429]);
    scene.now += 60 * SECOND - 1;
    expect((await scene.api('POST', at(id, '/test'))).status).toBe(429);
    scene.now += 1;
    expect((await scene.api('POST', at(id, '/test'))).status).toBe(202);
    expect(scene.sent).toHaveLength(4);
  });

  it('is for managers, as everything here', async () => {
    const { id } = await made();
    const responder = { authorizer: as('a', 'responder') };
    for (const [method, rest] of [
      ['POST', '/test'],
      ['GET', ''],
      ['GET', '/deliveries'],
    ] as const)
      expect((await scene.api(method, at(id, rest), undefined, responder)).status).toBe(403);
    expect((await scene.api('PATCH', at(id), { paused: true }, responder)).status).toBe(403);
    expect((await scene.api('POST', at(id, '/rotate'), { what: 'key' }, responder)).status).toBe(403);
  });
});

describe('a pace', () => {
  it('lets some pass at once, then one in each time, and never more than at once after a rest', () => {
    const pace = new Pace(2, 10);
    const passed = [0, 0, 0, 9, 10, 10, 19, 20, 100, 100, 100, 109, 110].map((now) => pace.allows('a', now));
    const [yes, no] = [true, false];
    expect(passed).toEqual([yes, yes, no, no, yes, no, no, yes, yes, yes, no, no, yes]);
    expect(pace.allows('b', 0)).toBe(true);
  });

  it('forgets the oldest name when there are too many', () => {
    const pace = new Pace(1, 10, 2);
    expect(['a', 'b', 'c', 'a'].map((name) => pace.allows(name, 0))).toEqual([true, true, true, true]);
  });
});

describe('options of an integration', () => {
  it('are set as its source takes them, shown, and followed by what is received', async () => {
    const { id, url } = await made();
    const options = { mapping: { title: '/what' } };
    expect((await scene.api('PATCH', at(id), { options })).json.options).toEqual(options);
    await post(url, { what: 'Disk full', title: 'Not this' });
    expect(scene.sent[0]?.body).toMatchObject({ signals: [{ title: 'Disk full' }] });
    expect((await scene.api('PATCH', at(id), { options: {} })).json.options).toEqual({});
    expect((await scene.api('PATCH', at(id), { name: 'Renamed' })).json.options).toEqual({});
  });

  it('that it does not take are refused with their place', async () => {
    const { id } = await made();
    const wrong = await scene.api('PATCH', at(id), { options: { mapping: { title: 'what' } } });
    expect([wrong.status, wrong.json.error.param]).toEqual([400, 'body.options.mapping.title']);
    const other = await made('alertmanager');
    expect((await scene.api('PATCH', at(other.id), { options: { mapping: {} } })).status).toBe(400);
  });
});
