import { onCallApi } from '../../shared/on-call/api.ts';
import { listChannels } from '../aws/channel-settings.ts';
import { verb } from '../edge/verb.ts';
import { viewChannel } from './view-channel.ts';

/** Which channels are set up; never how. */
export const listChannelsSet = verb({
  api: onCallApi['list-channels'],
  run: async ({ ctx }) => ({ items: (await listChannels(ctx.org)).map(viewChannel) }),
});
