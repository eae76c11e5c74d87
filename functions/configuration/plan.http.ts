import { configurationApi } from '../../shared/configuration/api.ts';
import { differenceWords, planOf, wholeOf, withShadowSince } from '../../shared/configuration/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listChannels } from '../aws/channel-settings.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration, refuseUnkept } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { refuseDearer } from './refuse-dearer.ts';
import { refuseForgotten } from './refuse-forgotten.ts';
import { refuseLarge } from './refuse-large.ts';
import { lostBy, refuseToLose } from './refuse-to-lose.ts';

/** What a configuration would change; nothing is written. */
export const plan = verb({
  api: configurationApi.plan,
  run: async ({ ctx: { org }, body, query: { dropLeftOut } }) => {
    const [inForce, channels] = await allDone([loadConfiguration(org, tellLeftOut), listChannels(org)]);
    refuseForgotten(body, inForce);
    refuseDearer(wholeOf(body), inForce.body, 'body');
    if (dropLeftOut === 'false') refuseToLose(inForce);
    const context = { at: clock.now(), channels: channels.map(({ channel }) => channel) };
    const after = withShadowSince(inForce.body, wholeOf(body), toText(context.at));
    refuseLarge(after);
    refuseUnkept(after);
    const { lists, ...changes } = planOf(inForce.body, after, context);
    const planned = { ...changes, warnings: [...lostBy(inForce), ...changes.warnings] };
    const differing = Object.entries(lists).filter(
      ([, { added, changed, removed, reordered }]) =>
        reordered || added.length + changed.length + removed.length > 0,
    );
    return {
      words: [...differenceWords(inForce.body, after, planned.warnings)],
      version: inForce.version,
      lists: Object.fromEntries(differing),
      ...planned,
    };
  },
});
