import { SendEmailCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { memberOf, queueEvent } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { type SubscriberWorld, startSubscriberWorld } from '../../support/subscriber-world.ts';

let around: SubscriberWorld;

beforeAll(async () => {
  around = await startSubscriberWorld();
});
afterAll(() => around.stop());
beforeEach(async () => {
  await around.newPage();
});

describe('subscribing', () => {
  it('[F82] sends one mail with a link, and nothing but its button subscribes', async () => {
    expect(await around.subscribe('ann@example.com')).toMatchObject({
      status: 202,
      body: { state: 'asked' },
    });
    await around.work(2);
    expect(around.mails()).toHaveLength(1);
    expect(around.mails()[0]?.Destination).toEqual({ ToAddresses: ['ann@example.com'] });
    const link = around.linkIn(around.textOf());
    expect(await around.open('GET', link)).toMatchObject({
      status: 200,
      text: expect.stringContaining('<button'),
    });
    const states = async () => (await around.member('GET', '/subscribers')).body;
    expect(await states()).toMatchObject({ counts: { confirmed: 0, pending: 1 } });
    for (let i = 0; i < 2; i++)
      expect((await around.open('POST', link)).text).toContain('You are subscribed');
    expect(await states()).toMatchObject({
      items: [{ email: 'ann@example.com', state: 'confirmed' }],
      counts: { confirmed: 1, pending: 0 },
    });
    around.world.setClock(T0 + 72 * HOUR);
    expect((await around.open('GET', link)).text).toContain('You are subscribed already');
  });

  it('[F82] answers the same whether an address is known, and asks it once an hour', async () => {
    await around.subscriber('ann@example.com');
    const answers = [
      await around.subscribe('ann@example.com', 'a'),
      await around.subscribe('bob@example.com', 'b'),
    ];
    expect(answers[0]).toEqual(answers[1]);
    await around.subscribe('bob@example.com', 'c');
    await around.work();
    expect(around.mails().map(({ Destination }) => Destination?.ToAddresses)).toEqual([['bob@example.com']]);
    around.world.setClock(T0 + HOUR);
    await around.subscribe('bob@example.com', 'c');
    await around.work();
    expect(around.mails()).toHaveLength(2);
  });

  it('[F82] is stopped after ten from one source, and after two hundred on one page', async () => {
    for (let i = 0; i < 10; i++)
      expect((await around.subscribe(`a${i}@example.com`, 'one')).status).toBe(202);
    const { status, body } = await around.subscribe('b@example.com', 'one');
    expect([status, body.error.message]).toEqual([429, expect.stringContaining('try again in an hour')]);
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const key = schema.subscriptionCount.key({
      ...around.place(),
      name: 'page',
      hour: Math.floor(T0 / HOUR),
    });
    expect(await table.add(key, 'count', 189)).toBe(199);
    await around.subscribe('last@example.com');
    expect((await around.subscribe('c@example.com')).status).toBe(429);
    expect(around.bodies()).toHaveLength(11);
    around.world.setClock(T0 + HOUR);
    expect((await around.subscribe('b@example.com', 'one')).status).toBe(202);
  });

  it('[F82] is refused for links that somebody made up, and for those that are too old', async () => {
    await around.subscribe('ann@example.com');
    await around.work();
    const link = around.linkIn(around.textOf());
    for (const made of [`${link}x`, `${link}/end`])
      for (const method of ['GET', 'POST']) expect((await around.open(method, made)).status).toBe(403);
    around.world.setClock(T0 + 48 * HOUR);
    for (const method of ['GET', 'POST'])
      expect(await around.open(method, link)).toMatchObject({
        status: 410,
        text: expect.stringContaining('expired'),
      });
    expect((await around.member('GET', '/subscribers')).body.items).toEqual([]);
  });
});

describe('an update', () => {
  it('[M17] is mailed once to each who confirmed, whatever is repeated', async () => {
    await around.subscriber('ann@example.com');
    await around.subscriber('bob@example.com');
    await around.subscribe('pending@example.com');
    around.world.forget();
    await around.tell();
    await around.work(3);
    const to = around.mails().map(({ Destination }) => Destination?.ToAddresses?.[0]);
    expect(to.sort()).toEqual(['ann@example.com', 'bob@example.com']);
    const headers = around.mails()[0]?.Content?.Simple?.Headers ?? [];
    expect(headers).toContainEqual({ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' });
    expect(headers[0]?.Value).toMatch(/^<https:\/\/pages\.example\.com\/status\/subscriptions\/e\..+\/end>$/);
  });

  it('ends for who unsubscribes with one click; opening the link alone changes nothing', async () => {
    await around.subscriber('ann@example.com');
    await around.tell();
    await around.work();
    const link = around.linkIn(around.textOf());
    expect((await around.open('GET', link)).text).toContain('<button');
    expect((await around.member('GET', '/subscribers')).body.items).toHaveLength(1);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let i = 0; i < 2; i++)
      expect((await around.open('POST', link, { body: 'List-Unsubscribe=One-Click', headers })).status).toBe(
        200,
      );
    await around.tell();
    await around.work();
    expect(around.mails()).toHaveLength(1);
    expect((await around.open('GET', link)).text).toContain('You are unsubscribed');
  });

  it('[F84] that is internal is mailed to nobody', async () => {
    await around.subscriber('ann@example.com');
    await around.tell({ internal: true });
    await around.work();
    expect(around.mails()).toEqual([]);
  });

  it('goes to the others when the provider refuses one address, and is not tried again there', async () => {
    await around.subscriber('ann@example.com');
    await around.subscriber('bob@example.com');
    const refusal = Object.assign(new Error('no'), { name: 'MessageRejected' });
    around.ses.on(SendEmailCommand, { Destination: { ToAddresses: ['ann@example.com'] } }).rejects(refusal);
    await around.tell();
    await around.work(2);
    expect(around.mails()).toHaveLength(2);
  });

  it('[M20] goes on after the provider said that it is too much: nobody twice, nobody left out', async () => {
    for (const name of ['ann', 'bob', 'cid']) await around.subscriber(`${name}@example.com`);
    const tooMuch = new TooManyRequestsException({
      $metadata: {},
      message: 'Maximum sending rate exceeded.',
    });
    const to = (name: string) => ({ Destination: { ToAddresses: [`${name}@example.com`] } });
    around.ses.on(SendEmailCommand, to('bob')).rejectsOnce(tooMuch).resolves({ MessageId: 'm' });
    await around.tell();
    const announced = around.bodies();
    around.world.forget();
    await around.worker(queueEvent('Mailing', announced), lambdaContext);
    const chunk = around.bodies();
    const failures = [];
    for (let i = 1; i <= 3; i++) {
      const answer = await around.worker(queueEvent('Mailing', chunk, i), lambdaContext);
      failures.push(answer.batchItemFailures.length);
      around.world.setClock(T0 + i * MINUTE);
    }
    expect(failures).toEqual([1, 0, 0]);
    const tried = around.mails().map(({ Destination }) => Destination?.ToAddresses?.[0]);
    expect(tried.filter((one) => one === 'bob@example.com')).toHaveLength(2);
    expect(tried).toHaveLength(4);
  });

  it('[M17] is sent once more, and no further time, when it is not known whether it was sent', async () => {
    await around.subscriber('ann@example.com');
    around.ses.on(SendEmailCommand).rejects(new Error('socket hang up'));
    await around.tell();
    const announced = around.bodies();
    around.world.forget();
    await around.worker(queueEvent('Mailing', announced), lambdaContext);
    const chunk = around.bodies();
    for (let i = 0; i < 4; i++) {
      around.world.setClock(T0 + i * MINUTE);
      await around.worker(queueEvent('Mailing', chunk), lambdaContext);
    }
    expect(around.mails()).toHaveLength(2);
  });

  it('[M20] is spread over time by half of what the account may send', async () => {
    const { putPending, confirm } = await import('../../../functions/aws/subscribers.ts');
    const { askToSubscribe } = await import('../../../shared/status/index.ts');
    const place = around.place();
    for (let i = 0; i < 20; i++) {
      const asked = askToSubscribe({ ...place, email: `a${i}@example.com` }, T0);
      await putPending(asked);
      await confirm({ ...place, subscriber: asked.id }, T0);
    }
    await around.tell();
    const announced = around.bodies();
    around.world.forget();
    await around.worker(queueEvent('Mailing', announced), lambdaContext);
    expect(
      around.world.sent.map(({ delaySeconds, body }) => [delaySeconds, (body.to as string[]).length]),
    ).toEqual([
      [0, 7],
      [1, 7],
      [2, 6],
    ]);
  });
});

describe('members', () => {
  it('[F56] list and remove subscribers of their own page alone', async () => {
    await around.subscriber('ann@example.com');
    const [{ id }] = (await around.member('GET', '/subscribers')).body.items;
    const foreign = memberOf(idOf('organisation', T0, 'other'));
    expect((await around.member('DELETE', `/subscribers/${id}`, { authorizer: foreign })).status).toBe(404);
    expect((await around.member('GET', '/subscribers', { authorizer: foreign })).body.items).toEqual([]);
    expect((await around.member('DELETE', `/subscribers/${id}`)).status).toBe(204);
    expect((await around.member('DELETE', `/subscribers/${id}`)).status).toBe(404);
  });
});
