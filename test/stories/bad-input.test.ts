import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, post, startApp } from '../support/app.ts';

describe('bad input at the doors', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const raw = (url: string, body: string | Uint8Array<ArrayBuffer>) => fetch(url, { method: 'POST', body });
  const webhook = () => app.addresses.webhooks.generic ?? '';

  it('[F1] a wrong key is refused and nothing is stored', async () => {
    const wrong = webhook().replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    expect((await post(wrong, { title: 'x' })).status).toBe(403);
    const event = {
      routing_key: '0'.repeat(32),
      event_action: 'trigger',
      payload: { summary: 's', source: 'a', severity: 'error' },
    };
    expect((await post(app.addresses.events.pagerduty.url, event)).status).toBe(403);
    expect((await post(webhook().replace(/\/[0-9a-f]{32}$/, ''), { title: 'x' })).status).toBe(401);
    await app.system.idle();
    expect(await app.incidents()).toEqual([]);
  });

  it('malformed JSON is refused with its place', async () => {
    const answer = await raw(webhook(), '{\n  "title": oops\n}');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/line 2/);
  });

  it('a body over the limit is refused before it is parsed', async () => {
    expect((await raw(webhook(), new Uint8Array(1024 * 1024 + 1))).status).toBe(413);
  });

  it('an authenticated body that nobody understands is kept as a generic alert, marked', async () => {
    const answer = await app.send('alertmanager', { colour: 'green' });
    expect(answer.status).toBe(202);
    const [incident] = await app.incidents();
    expect(incident?.state).toBe('triggered');
  });

  it('unknown ids and paths are not found, and no answer tells of the inside', async () => {
    const token = { authorization: `Bearer ${app.addresses.token}` };
    const paths = [
      '/api/incidents/inc_01ARZ3NDEKTSV4RRFFQ69G5FAV',
      '/api/incidents/..%2Fx',
      '/nothing/here',
      '/api/nothing',
    ];
    const answers = await Promise.all(
      paths.map((path) => fetch(app.addresses.api + path, { headers: token })),
    );
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status).every((status) => [400, 403, 404].includes(status))).toBe(
      true,
    );
    expect(answers[0]?.status).toBe(404);
    for (const text of texts) expect(text).not.toMatch(/arn:|\bat \S+ \(|TableName|EventTable|node_modules/);
  });

  it('[F55] without a token nothing is told', async () => {
    const answer = await fetch(`${app.addresses.api}/api/incidents`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } });
  });
});
