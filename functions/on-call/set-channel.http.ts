import { randomBytes } from 'node:crypto';
import { onCallApi } from '../../shared/on-call/api.ts';
import { channelSettings } from '../../shared/on-call/index.ts';
import { setChannel } from '../aws/channel-settings.ts';
import { parseInput } from '../edge/input.ts';
import { verb } from '../edge/verb.ts';
import { viewChannel } from './view-channel.ts';

/** Sets up a channel. Its settings leave the system only on their way to its provider; the secret that we make is shown once. */
export const setChannelUp = verb({
  api: onCallApi['set-channel'],
  run: async ({ ctx, params: { channel }, body, attempt }) => {
    const given = parseInput(channelSettings[channel], body, 'body', { secret: true });
    const secret = channel === 'webhook' ? `whsec_${randomBytes(32).toString('hex')}` : undefined;
    const settings = { ...given, ...(secret !== undefined && { secret }) };
    const by = { actor: ctx.actor, at: attempt.at, version: attempt.seed };
    const row = await setChannel(ctx.org, channel, settings, by);
    return { ...viewChannel(row), ...(secret !== undefined && { secret }) };
  },
});
