import { randomInt } from 'node:crypto';
import type { Channel } from '../../shared/incidents/index.ts';
import { type Ctx, idOf, Refusal } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { askTest, notSetUp, type Person, planDeliveries, setChannels } from '../../shared/on-call/index.ts';
import type { TestMessage } from '../../shared/wiring/index.ts';
import { listChannels } from '../aws/channel-settings.ts';
import { clock } from '../aws/clock.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { verb } from '../edge/verb.ts';
import { loadLimits, saveLimits } from './test-pages.ts';
import { digestOf, personAsking } from './tester.ts';
import { viewTests } from './view-tests.ts';

/** Sends whoever asks a test by one of their own channels, as a page would be sent. */
export const testNotification = verb({
  api: onCallApi['test-notification'],
  run: async ({ ctx, body: { channel }, attempt }) => {
    const person = await personAsking(ctx);
    const address = await addressOf(ctx, person, channel);
    const now = clock.now();
    const tester = { org: ctx.org, person: person.id };
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const digests = { address: digestOf(ctx, person, address), code: digestOf(ctx, person, code) };
    const { limits, withCode } = askTest(await loadLimits(tester), { channel, ...digests }, now);
    const test = idOf('test', attempt.at, ctx.org, attempt.seed);
    const [delivery] = planDeliveries(1, 1, [{ person: person.id, channel }]);
    if (!delivery) throw new Error('A test without a delivery');
    if (!(await saveLimits(tester, limits, { test, askedAt: now, delivery })))
      throw new Refusal('conflict', 'Another test was asked for in this moment; try again.');
    const message: TestMessage = { kind: 'test', ...tester, test, channel, ...(withCode && { code }) };
    await sendTo(setting('deliveryQueue')).send([{ body: message, group: ctx.org }]);
    return viewTests(ctx, person, now);
  },
});

/** The address that somebody has for a channel that works. */
async function addressOf(ctx: Ctx, person: Person, channel: Channel): Promise<string> {
  const address = person[channel];
  if (address === undefined)
    throw new Refusal(
      'precondition',
      `You have no address for '${channel}' in the configuration.`,
      'body.channel',
    );
  const needed = setChannels.find((one) => one === channel);
  const isSet = !needed || (await listChannels(ctx.org)).some((row) => row.channel === needed);
  if (needed && !isSet) throw new Refusal('precondition', notSetUp(needed), 'body.channel');
  return address;
}
