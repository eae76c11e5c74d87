import { configurationApi } from '../../shared/configuration/api.ts';
import { planOf, wholeOf, withShadowSince } from '../../shared/configuration/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listChannels } from '../aws/channel-settings.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { refuseForgotten } from './refuse-forgotten.ts';
import { refuseLarge } from './refuse-large.ts';

/** What a configuration would change; nothing is written. */
export const plan = verb({
  api: configurationApi.plan,
  run: async ({ ctx: { org }, body }) => {
    const [inForce, channels] = await allDone([loadConfiguration(org, tellLeftOut), listChannels(org)]);
    refuseForgotten(body, inForce);
    const whole = wholeOf(body);
    refuseLarge(whole);
    const context = { at: clock.now(), channels: channels.map(({ channel }) => channel) };
    const after = withShadowSince(inForce.body, whole, toText(context.at));
    return { version: inForce.version, ...planOf(inForce.body, after, context) };
  },
});
