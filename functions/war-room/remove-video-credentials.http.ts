import { Refusal } from '../../shared/kernel/index.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { removeVideoCredentials } from '../aws/video-credentials.ts';
import { verb } from '../edge/verb.ts';

/** Removes the credentials of a provider. */
export const removeCredentials = verb({
  api: warRoomApi['remove-video-credentials'],
  run: async ({ ctx, params: { provider } }) => {
    if (await removeVideoCredentials(ctx.org, provider)) return undefined;
    throw new Refusal('not_found', `No credentials are set for '${provider}'.`, 'path.provider');
  },
});
