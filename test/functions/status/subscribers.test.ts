import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR, idOf, MINUTE, type OrganisationId } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext, type TestRequest } from '../../support/http-event.ts';

const ses = mockClient(SESv2Client);
const quota = mockClient(SESClient);
const secrets = mockClient(SecretsManagerClient);
let world: FunctionWorld;
let api: Parameters<typeof call>[0];
let worker: typeof import('../../../functions/status/mail.queue.ts').handler;
let org: OrganisationId;
let page: string;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  const { log } = await import('../../../functions/edge/log.ts');
  for (const level of ['info', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
  api = world.as('StatusApi', (await import('../../../functions/status/routes.ts')).handler);
  worker = world.as('Mailing', (await import('../../../functions/status/mail.queue.ts')).handler);
});
afterAll(async () => {
  vi.restoreAllMocks();
  for (const one of [ses, quota, secrets]) one.restore();
  await world.stop();
});
beforeEach(async () => {
  org = idOf('organisation', T0, `subscribers ${count++}`);
  page = idOf('statusPage', 0, org);
  world.setClock(T0);
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
  quota.on(GetSendQuotaCommand).resolves({ MaxSendRate: 14 });
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'secret' });
  await member('PATCH', '/page', { body: { name: 'Acme' } });
  world.forget();
});

const member = (method: string, path: string, more: Partial<TestRequest> = {}) =>
  call(api, { method, path: `/api/status${path}`, authorizer: memberOf(org), ...more });
const open = (method: string, path: string, more: Partial<TestRequest> = {}) =>
  call(api, { method, path, ...more });
const subscribe = (email: string, sourceIp = email) =>
  open('POST', '/api/status/subscribe', { body: { email, page }, sourceIp });
const bodies = () => world.sent.filter(({ queue }) => queue === 'Mailing').map(({ body }) => body);
const mails = () => ses.commandCalls(SendEmailCommand).map(({ args: [{ input }] }) => input);
const textOf = (mail = mails().at(-1)) => mail?.Content?.Simple?.Body?.Text?.Data ?? '';
const linkIn = (text: string) => new URL(/https:\S+subscriptions\S+/.exec(text)?.[0] ?? '').pathname;

/** Works off what was sent, messages of messages too; each `times` over. */
async function work(times = 1) {
  for (let round = 0; round < 5 && bodies().length > 0; round++) {
    const messages = bodies();
    world.forget();
    for (let i = 0; i < times; i++)
      for (const body of messages)
        expect(await worker(queueEvent('Mailing', [body]), lambdaContext)).toEqual({ batchItemFailures: [] });
  }
}
async function subscriber(email: string) {
  await subscribe(email);
  await work();
  await open('POST', linkIn(textOf()));
  ses.resetHistory();
}
const tell = (more: object = {}) =>
  member('POST', '/incidents', {
    body: { title: 'Slow', text: 'We look.', state: 'investigating', ...more },
  });

describe('subscribing', () => {
  it('[F82] sends one mail with a link, and nothing but its button subscribes', async () => {
    expect(await subscribe('ann@example.com')).toMatchObject({ status: 202, body: { state: 'asked' } });
    await work(2);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.Destination).toEqual({ ToAddresses: ['ann@example.com'] });
    const link = linkIn(textOf());
    expect(await open('GET', link)).toMatchObject({ status: 200, text: expect.stringContaining('<button') });
    const states = async () => (await member('GET', '/subscribers')).body;
    expect(await states()).toMatchObject({ counts: { confirmed: 0, pending: 1 } });
    for (let i = 0; i < 2; i++) expect((await open('POST', link)).text).toContain('You are subscribed');
    expect(await states()).toMatchObject({
      items: [{ email: 'ann@example.com', state: 'confirmed' }],
      counts: { confirmed: 1, pending: 0 },
    });
    world.setClock(T0 + 72 * HOUR);
    expect((await open('GET', link)).text).toContain('You are subscribed already');
  });

  it('[F82] answers the same whether an address is known, and asks it once an hour', async () => {
    await subscriber('ann@example.com');
    const answers = [await subscribe('ann@example.com', 'a'), await subscribe('bob@example.com', 'b')];
    expect(answers[0]).toEqual(answers[1]);
    await subscribe('bob@example.com', 'c');
    await work();
    expect(mails().map(({ Destination }) => Destination?.ToAddresses)).toEqual([['bob@example.com']]);
    world.setClock(T0 + HOUR);
    await subscribe('bob@example.com', 'c');
    await work();
    expect(mails()).toHaveLength(2);
  });

  const form = 'application/x-www-form-urlencoded';
  const submit = (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString();
    return open('POST', '/api/status/subscribe', { body, headers: { 'content-type': form, ...headers } });
  };
  const html = 'text/html; charset=utf-8';

  it('takes the form of the page and answers with a page that leads back', async () => {
    const answer = await submit({ email: 'ann@example.com', page });
    expect([answer.status, answer.headers['content-type']]).toEqual([202, html]);
    expect(answer.text).toContain('Look into your mailbox');
    expect(answer.text).toContain(`href="https://status.example.com/${page}/index.html"`);
  });

  it.each([
    ['not an address', 'Got “<bdi>not an address</bdi>”'],
    ['', 'No address was given'],
    ['"><script>x</script>', '&lt;script&gt;x&lt;/script&gt;'],
    [`${'a'.repeat(250)}@example.com`, 'of at most 254 characters'],
    ['a@example.com\nBcc: b@example.com', 'a@example.com Bcc: b@example.com'],
  ])(
    '[F82] answers a form with %j by a page that says what was got and what is taken',
    async (email, said) => {
      const answer = await submit({ email, page }, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
      expect([answer.status, answer.headers['content-type']]).toEqual([400, html]);
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      for (const part of [
        said,
        'such as name@example.com',
        `name="page" value="${page}"`,
        '<form method="post">',
      ])
        expect(answer.text).toContain(part);
      expect(answer.text).not.toContain('<script');
      expect(bodies()).toEqual([]);
    },
  );

  it('answers a form that is wrong elsewhere in words too', async () => {
    const nowhere = await submit({ email: 'ann@example.com', page: idOf('statusPage', 0, 'nowhere') });
    expect([nowhere.status, nowhere.text]).toEqual([
      404,
      expect.stringContaining('There is no such status page'),
    ]);
    const odd = await submit({ email: 'ann@example.com', page: '../x', more: '<b>' });
    expect([odd.status, odd.headers['content-type']]).toEqual([400, html]);
    expect(odd.text).toContain('href="https://status.example.com/"');
    const large = await submit({ email: 'x'.repeat(1_100_000) });
    expect([large.status, large.headers['content-type']]).toEqual([413, html]);
    const { table } = await import('../../../functions/aws/table.ts');
    vi.spyOn(table, 'get').mockRejectedValueOnce(new Error('secret of ours'));
    const ours = await submit({ email: 'ann@example.com', page });
    expect([ours.status, ours.text]).toEqual([500, expect.stringContaining('Try again in a minute')]);
    expect(ours.text).not.toContain('secret of ours');
  });

  it.each([
    ['application/json', 'text/html', '{"email":"x"}'],
    ['application/json', '*/*', 'nonsense'],
    [form, 'application/json', 'email=x'],
    ['text/plain', '*/*', 'email=x'],
  ])('answers programs that send %s and accept %s in JSON', async (type, accept, body) => {
    const headers = { 'content-type': type, accept };
    const answer = await open('POST', '/api/status/subscribe', { body, headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error.message).toEqual(expect.any(String));
  });

  it('[F82] is stopped after ten from one source, and after two hundred on one page', async () => {
    for (let i = 0; i < 10; i++) expect((await subscribe(`a${i}@example.com`, 'one')).status).toBe(202);
    const { status, body } = await subscribe('b@example.com', 'one');
    expect([status, body.error.message]).toEqual([429, expect.stringContaining('try again in an hour')]);
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const key = schema.subscriptionCount.key({ org, page, name: 'page', hour: Math.floor(T0 / HOUR) });
    expect(await table.add(key, 'count', 189)).toBe(199);
    await subscribe('last@example.com');
    expect((await subscribe('c@example.com')).status).toBe(429);
    expect(bodies()).toHaveLength(11);
    world.setClock(T0 + HOUR);
    expect((await subscribe('b@example.com', 'one')).status).toBe(202);
  });

  it('[F82] is refused for links that somebody made up, and for those that are too old', async () => {
    await subscribe('ann@example.com');
    await work();
    const link = linkIn(textOf());
    for (const made of [`${link}x`, `${link}/end`])
      for (const method of ['GET', 'POST']) expect((await open(method, made)).status).toBe(403);
    world.setClock(T0 + 48 * HOUR);
    for (const method of ['GET', 'POST'])
      expect(await open(method, link)).toMatchObject({
        status: 410,
        text: expect.stringContaining('expired'),
      });
    expect((await member('GET', '/subscribers')).body.items).toEqual([]);
  });
});

describe('an update', () => {
  it('[M17] is mailed once to each who confirmed, whatever is repeated', async () => {
    await subscriber('ann@example.com');
    await subscriber('bob@example.com');
    await subscribe('pending@example.com');
    world.forget();
    await tell();
    await work(3);
    const to = mails().map(({ Destination }) => Destination?.ToAddresses?.[0]);
    expect(to.sort()).toEqual(['ann@example.com', 'bob@example.com']);
    const headers = mails()[0]?.Content?.Simple?.Headers ?? [];
    expect(headers).toContainEqual({ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' });
    expect(headers[0]?.Value).toMatch(/^<https:\/\/pages\.example\.com\/status\/subscriptions\/e\..+\/end>$/);
  });

  it('ends for who unsubscribes with one click; opening the link alone changes nothing', async () => {
    await subscriber('ann@example.com');
    await tell();
    await work();
    const link = linkIn(textOf());
    expect((await open('GET', link)).text).toContain('<button');
    expect((await member('GET', '/subscribers')).body.items).toHaveLength(1);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let i = 0; i < 2; i++)
      expect((await open('POST', link, { body: 'List-Unsubscribe=One-Click', headers })).status).toBe(200);
    await tell();
    await work();
    expect(mails()).toHaveLength(1);
    expect((await open('GET', link)).text).toContain('You are unsubscribed');
  });

  it('[F84] that is internal is mailed to nobody', async () => {
    await subscriber('ann@example.com');
    await tell({ internal: true });
    await work();
    expect(mails()).toEqual([]);
  });

  it('goes to the others when the provider refuses one address, and is not tried again there', async () => {
    await subscriber('ann@example.com');
    await subscriber('bob@example.com');
    const refusal = Object.assign(new Error('no'), { name: 'MessageRejected' });
    ses.on(SendEmailCommand, { Destination: { ToAddresses: ['ann@example.com'] } }).rejects(refusal);
    await tell();
    await work(2);
    expect(mails()).toHaveLength(2);
  });

  it('[M17] is sent once more, and no further time, when it is not known whether it was sent', async () => {
    await subscriber('ann@example.com');
    ses.on(SendEmailCommand).rejects(new Error('socket hang up'));
    await tell();
    const announced = bodies();
    world.forget();
    await worker(queueEvent('Mailing', announced), lambdaContext);
    const chunk = bodies();
    for (let i = 0; i < 4; i++) {
      world.setClock(T0 + i * MINUTE);
      await worker(queueEvent('Mailing', chunk), lambdaContext);
    }
    expect(mails()).toHaveLength(2);
  });

  it('[M20] is spread over time by half of what the account may send', async () => {
    const { putPending, confirm } = await import('../../../functions/aws/subscribers.ts');
    const { askToSubscribe } = await import('../../../shared/status/index.ts');
    const place = { org, page: page as `page_${string}` };
    for (let i = 0; i < 20; i++) {
      const asked = askToSubscribe({ ...place, email: `a${i}@example.com` }, T0);
      await putPending(asked);
      await confirm({ ...place, subscriber: asked.id }, T0);
    }
    await tell();
    const announced = bodies();
    world.forget();
    await worker(queueEvent('Mailing', announced), lambdaContext);
    expect(world.sent.map(({ delaySeconds, body }) => [delaySeconds, (body.to as string[]).length])).toEqual([
      [0, 7],
      [1, 7],
      [2, 6],
    ]);
  });
});

describe('members', () => {
  it('[F56] list and remove subscribers of their own page alone', async () => {
    await subscriber('ann@example.com');
    const [{ id }] = (await member('GET', '/subscribers')).body.items;
    const foreign = memberOf(idOf('organisation', T0, 'other'));
    expect((await member('DELETE', `/subscribers/${id}`, { authorizer: foreign })).status).toBe(404);
    expect((await member('GET', '/subscribers', { authorizer: foreign })).body.items).toEqual([]);
    expect((await member('DELETE', `/subscribers/${id}`)).status).toBe(204);
    expect((await member('DELETE', `/subscribers/${id}`)).status).toBe(404);
  });
});
