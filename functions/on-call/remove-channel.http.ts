import { Refusal } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { removeChannel } from '../aws/channel-settings.ts';
import { verb } from '../edge/verb.ts';

/** Removes the settings of a channel. */
export const removeChannelSettings = verb({
  api: onCallApi['remove-channel'],
  run: async ({ ctx, params: { channel } }) => {
    if (await removeChannel(ctx.org, channel)) return undefined;
    throw new Refusal('not_found', `The channel '${channel}' is not set up.`, 'path.channel');
  },
});
