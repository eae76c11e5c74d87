import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { askToSubscribe, confirmSubscriber } from '../../../shared/status/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { call, memberOf } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { type Fate, startMailingFleet, type Taken } from '../../support/mailing-fleet.ts';

const MANY = 10_000;
const ACCOUNT_RATE = 14;
const DEATHS = 6;

const org = idOf('organisation', T0, 'many');
const page = idOf('statusPage', 0, org);
const place = { org, page };

let fleet: Awaited<ReturnType<typeof startMailingFleet>>;
let api: Parameters<typeof call>[0];
beforeEach(async () => {
  fleet = await startMailingFleet({ accountRate: ACCOUNT_RATE, deaths: DEATHS });
  await fleet.modules();
  api = (await import('../../../functions/status/routes.ts')).handler;
  await member('PATCH', '/page', { name: 'Acme' });
}, 60_000);
afterEach(() => fleet.stop());

const member = (method: string, path: string, body: object) =>
  call(api, { method, path: `/api/status${path}`, authorizer: memberOf(org), body });
const tell = () => member('POST', '/incidents', { title: 'Slow', text: 'We look.', state: 'investigating' });
const reader = (i: number) => `reader${i}@example.com`;
const put = (Item: object) => fleet.table.call('Put', { TableName: process.env.TABLE_NAME, Item });
const enrol = (email: string, isConfirmed: boolean) => {
  const asked = askToSubscribe({ ...place, email }, T0);
  const subscriber = isConfirmed ? confirmSubscriber(asked, T0) : asked;
  put({ ...subscriber, ...schema.subscriber.key({ ...place, subscriber: subscriber.id }) });
};
/** How many mails came to each address. */
const mailsOf = (taken: readonly Taken[]) => {
  const counts = new Map<string, number>();
  for (const { to } of taken) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
};
/** The most mails in any time of this length. */
function mostWithin(taken: readonly Taken[], time: number): number {
  let [first, most] = [0, 0];
  for (const [i, { at }] of taken.entries()) {
    while ((taken[first]?.at ?? at) <= at - time) first++;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

describe(`an update for ${MANY} subscribers`, () => {
  beforeEach(() => {
    for (let i = 0; i < MANY; i++) enrol(reader(i), true);
    for (let i = 0; i < 100; i++) enrol(`unasked${i}@example.com`, false);
  });
  const everybody = Array.from({ length: MANY }, (_, i) => reader(i)).sort();

  it('[F82] [M17] comes to each once and to nobody else, at half of what the account may send', async () => {
    await tell();
    await fleet.settle();
    const counts = mailsOf(fleet.provider.taken);
    expect([...counts.keys()].sort()).toEqual(everybody);
    expect(fleet.provider.taken).toHaveLength(MANY);
    expect(mostWithin(fleet.provider.taken, SECOND)).toBeLessThanOrEqual(ACCOUNT_RATE / 2 + 1);
    expect(fleet.provider.refused).toEqual([]);
    expect(fleet.lines.deadLetters('mailing')).toEqual([]);
    // Half of fourteen in a second are 24 minutes, and it takes hardly more.
    expect(fleet.time.now() - T0).toBeLessThan(30 * MINUTE);
  }, 120_000);

  it('[F82] [M17] [M20] misses nobody when workers die in the middle, and tells only whom they had just mailed again', async () => {
    const fates = new Map<string, Fate>();
    const fatal = [500, 1_500, 2_500, 4_000, 6_000, 9_000];
    let count = 0;
    fleet.provider.fateOf = (to) => {
      const place = fatal.indexOf(++count);
      const fate = place < 0 ? 'sent' : place % 2 === 0 ? 'dies before' : 'dies after';
      if (fate !== 'sent') fates.set(to, fate);
      return fate;
    };
    await tell();
    await fleet.settle();
    expect([...fates.values()].sort()).toEqual([
      ...Array(3).fill('dies after'),
      ...Array(3).fill('dies before'),
    ]);
    const counts = mailsOf(fleet.provider.taken);
    expect([...counts.keys()].sort()).toEqual(everybody);
    const twice = [...counts].filter(([, mails]) => mails > 1);
    expect(twice.map(([to]) => fates.get(to))).toEqual(Array(3).fill('dies after'));
    expect(Math.max(...counts.values())).toBe(2);
    expect(fleet.lines.deadLetters('mailing')).toEqual([]);
  }, 120_000);

  it('[M20] keeps to its share when all has piled up, after nobody worked for a quarter of an hour', async () => {
    await tell();
    await fleet.settle(T0 + 2 * SECOND);
    fleet.time.pass(15 * MINUTE);
    await fleet.settle();
    expect(mailsOf(fleet.provider.taken).size).toBe(MANY);
    expect(fleet.provider.taken).toHaveLength(MANY);
    expect(mostWithin(fleet.provider.taken, SECOND)).toBeLessThanOrEqual(ACCOUNT_RATE / 2 + 1);
    expect(fleet.provider.refused).toEqual([]);
  }, 120_000);
});

describe(`${MANY} foreign addresses`, () => {
  const subscribe = (email: string, sourceIp: string) =>
    call(api, { method: 'POST', path: '/api/status/subscribe', body: { email, page }, sourceIp });

  it('[F82] get two hundred questions in an hour in all, ten of one source, and never anything else', async () => {
    const answers = new Map<number, number>();
    for (let i = 0; i < MANY; i++) {
      // Half of them from one source, and half from as many.
      const { status } = await subscribe(`foreign${i}@example.com`, i % 2 === 0 ? 'one' : `source ${i}`);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(answers)).toEqual({ 202: 200, 429: MANY - 200 });
    await fleet.settle();
    expect(fleet.provider.taken).toHaveLength(200);
    expect(Math.max(...mailsOf(fleet.provider.taken).values())).toBe(1);
    expect(fleet.provider.taken.filter(({ to }) => /[02468]@/.test(to))).toHaveLength(10);
    await tell();
    await fleet.settle();
    expect(fleet.provider.taken).toHaveLength(200);
    expect(fleet.provider.refused).toEqual([]);
  }, 120_000);
});
