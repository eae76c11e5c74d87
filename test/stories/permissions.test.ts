import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from '../../infra/demo/api-client.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { toBase64 } from '../../shared/war-room/api.ts';
import { type App, startApp } from '../support/app.ts';
import { changeOf, copyOf } from '../support/document-copy.ts';
import { told } from '../support/permissions-page.ts';
import { restClient } from '../support/rest.ts';
import { enter } from '../support/room-client.ts';
import { unusedPermissions } from '../support/unused-permissions.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({ paused: [] });
});
afterAll(() => app.stop());

const alert = (service: string, more: object = {}) => ({
  title: 'Down',
  service,
  severity: 'critical',
  ...more,
});

async function incidentOf(service: string): Promise<string> {
  const [found] = await app.incidents(`?service=${service}`);
  return found?.id ?? '';
}

/** People at work on an incident: in its room, by the link of a page, by the API. */
async function work(): Promise<void> {
  const { call } = app;
  await app.send('generic', alert('shop', { key: 'a' }));
  const shop = await incidentOf('shop');
  const room = await enter(app, shop);
  await call('POST', `/api/incidents/${shop}/notes`, { text: 'I look' }, { 'idempotency-key': 'one' });
  const [page] = await app.mailbox('ada@example.com');
  const link = /^Acknowledge: (\S+)/m.exec(page?.body.text ?? '')?.[1] ?? '';
  await fetch(link);
  await fetch(link, { method: 'POST' });
  for (const part of ['', '/alerts', '/facts', '/pages']) await call('GET', `/api/incidents/${shop}${part}`);
  await room.leave();
  await app.send('generic', alert('shop', { key: 'a' }));
  await app.send('generic', alert('shop', { key: 'a', status: 'resolved' }));
  const { body: made } = await call('POST', '/api/incidents', { title: 'Fire', severity: 'P1_CRITICAL' });
  const id = String(made.id);
  const version = async () => (await call('GET', `/api/incidents/${id}`)).headers.get('etag') ?? '';
  const change = async (state: string) =>
    call('PATCH', `/api/incidents/${id}`, { state }, { 'if-match': await version() });
  await app.system.idle();
  await change('resolved');
  await app.system.idle();
  await change('triggered');
  await app.system.idle();
  await call('DELETE', `/api/incidents/${id}`);
}

/** Somebody who writes in a room's document for some minutes. */
async function write(): Promise<void> {
  await app.send('generic', alert('documented', { key: 'd' }));
  const incident = await incidentOf('documented');
  await app.call('PATCH', `/api/incidents/${incident}`, { state: 'acknowledged' });
  const room = await enter(app, incident);
  const answer = (id: string) => room.frame((frame) => 'id' in frame && frame.id === id);
  room.say({ v: 1, type: 'doc.open', incident, id: 'question-1' });
  await answer('question-1');
  const copy = copyOf(7);
  for (const id of ['change-01', 'change-02']) {
    const update = toBase64(changeOf(copy, (text) => text.insert(0, id)));
    room.say({ v: 1, type: 'doc.update', incident, id, update });
    await answer(id);
    await app.system.clock.fastForward(2 * MINUTE);
    await app.system.idle();
  }
  const document = `/api/incidents/${incident}/document`;
  await app.call('GET', document);
  const kept = (await app.call('GET', `${document}/snapshots`)).body.items as { minute: string }[];
  await app.call('GET', `${document}?minute=${kept[0]?.minute}`);
  await room.leave();
}

/** Somebody who tells the public. */
async function tellPublic(): Promise<void> {
  const { call } = app;
  const key = { 'idempotency-key': 'component' };
  const { id } = (await call('POST', '/api/status/components', { name: 'Shop', services: ['shop'] }, key))
    .body;
  await call('PUT', `/api/status/components/${id}/status`, { status: 'major_outage' });
  await call('GET', '/api/status');
  await fetch(`${app.addresses.api}/api/status/public`);
  const times = [10, 20].map((minutes) => new Date(app.system.clock.now() + minutes * MINUTE).toISOString());
  const work = { title: 'Work', text: 'Work', components: [id], from: times[0], until: times[1] };
  await call('POST', '/api/status/maintenance', work);
}

/** An administrator who makes and removes what there is to make. */
async function administrate(): Promise<void> {
  const { call } = app;
  const make = async (path: string, made: object) =>
    (await call('POST', path, made, { 'idempotency-key': `make-${path}` })).body;
  const remove = async (path: string, made: object) =>
    call('DELETE', `${path}/${idIn(await make(path, made))}`);
  const { secret } = await make('/api/keys', { name: 'Machine', role: 'viewer' });
  await apiClient(app.addresses.api, String(secret))('GET', '/api/incidents');
  await call('POST', '/api/war-room/tickets', undefined, { 'idempotency-key': 'ticket' });
  await video();
  await remove('/api/integrations', { name: 'Short', source: 'generic' });
  await remove('/api/members', { name: 'Short', email: 'short@example.com', role: 'viewer' });
  await Promise.all(
    ['keys', 'integrations', 'members', 'config', 'me'].map((one) => call('GET', `/api/${one}`)),
  );
}

/** A video link without credentials, and one by credentials that lead nowhere. */
async function video(): Promise<void> {
  const { call } = app;
  const { body } = await call('POST', '/api/incidents', { title: 'Talk', severity: 'P5_INFO' });
  const path = `/api/incidents/${String(body.id)}/video`;
  await call('POST', path);
  await call('GET', path);
  const nowhere = { oauthUrl: 'https://127.0.0.1', apiUrl: 'https://127.0.0.1' };
  const zoom = { accountId: 'a', clientId: 'b', clientSecret: 'c', ...nowhere };
  const credentials = '/api/war-room/video-credentials';
  await call('PUT', `${credentials}/zoom`, zoom);
  await call('GET', credentials);
  const { api, token } = app.addresses;
  const refused = await restClient(api, token)('POST', path, { body: { new: true, provider: 'zoom' } });
  expect(refused.status).toBe(503);
  await call('DELETE', `${credentials}/zoom`);
}

/** What docs/permissions.md says: `Function action resource`, one by one. */
async function onThePage(): Promise<ReadonlySet<string>> {
  const page = await readFile('docs/permissions.md', 'utf8');
  const shown = new Set<string>();
  let last = '';
  for (const line of page.split('\n').filter((one) => /^\|.*:.*\|$/.test(one))) {
    const [, name = '', may = '', on = ''] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    last = name || last;
    for (const action of may.split(', '))
      for (const one of on.split(', ')) shown.add(onAnyPage(`${last} ${named(`${action} ${one}`)}`));
  }
  return shown;
}

/** Names of buckets are in small letters, also where they are deployed. */
const onAnyPage = (name: string): string =>
  name.toLowerCase().replace(/(?<=^\S+ s3:\S+ \w+?)[0-9a-f]{8}(?=\/|$)/, '');

describe('what roles allow', () => {
  it('is what the page of permissions shows, and what the proxy enforces', async () => {
    const enforced = app.system
      .permissions()
      .filter(({ leave }) => !told.test(leave.split(' ')[0] ?? ''))
      .map(({ leave, ...one }) =>
        onAnyPage(`${one.function.replace(/Function[0-9A-F]{8}$/, '')} ${named(leave)}`),
      );
    const shown = await onThePage();
    expect(new Set(enforced)).toEqual(shown);
    expect(shown.size).toBeGreaterThan(100);
  });

  it('is used by the functions in one day, but for what is listed with a reason', async () => {
    await work();
    await administrate();
    await write();
    await tellPublic();
    await app.send('generic', alert('silent', { key: 'b' }));
    await app.system.clock.fastForward(25 * MINUTE);
    const granted = app.system
      .permissions()
      .filter(({ leave }) => !/^(logs|xray):/.test(leave))
      .map(({ isUsed, leave, ...one }) => ({
        isUsed,
        name: `${one.function.replace(/Function[0-9A-F]{8}$/, '')} ${named(leave)}`,
      }));
    const reasoned = (name: string) => unusedPermissions.some(([which]) => which.test(name));
    expect(granted.filter(({ isUsed, name }) => !isUsed && !reasoned(name))).toEqual([]);
    const stale = unusedPermissions.filter(([which]) => !granted.some(({ name }) => which.test(name)));
    expect(stale).toEqual([]);
  }, 120_000);
});

/** `dynamodb:Query gsi1`: what is the same in every synthesized template. */
function named(leave: string): string {
  const [action = '', arn = ''] = leave.split(' ');
  const [whole = ''] = arn.split(/(?<=\w)\/stream\/(?!\*)/);
  const parts = whole.split(/[:/]/).map((part) => part.replace(/[0-9A-F]{8}(-\w{6})?(\.fifo)?$/, ''));
  // Of all that there is of something, also of what.
  return `${action} ${parts.slice(parts.at(-1) === '*' ? -2 : -1).join('/')}`;
}

/** What was made, whether it is the body or a part of it. */
const idIn = (body: Record<string, unknown>): string =>
  String(body.id ?? body.person ?? (body.member as { id?: unknown } | undefined)?.id);
