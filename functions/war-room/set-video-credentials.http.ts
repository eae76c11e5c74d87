import { warRoomApi } from '../../shared/war-room/api.ts';
import {
  type CredentialProvider,
  type CredentialsOf,
  videoCredentials,
} from '../../shared/war-room/index.ts';
import { setVideoCredentials } from '../aws/video-credentials.ts';
import { parseInput } from '../edge/input.ts';
import { verb } from '../edge/verb.ts';
import { viewCredentials } from './view-credentials.ts';

/** Sets the credentials of a provider. They leave the system only on their way to that provider. */
export const setCredentials = verb({
  api: warRoomApi['set-video-credentials'],
  run: async ({ ctx, params: { provider }, body, attempt }) => {
    const credentials: CredentialsOf<CredentialProvider> = parseInput(
      videoCredentials[provider],
      body,
      'body',
      { secret: true },
    );
    const by = { actor: ctx.actor, at: attempt.at, version: attempt.seed };
    return viewCredentials(await setVideoCredentials(ctx.org, provider, credentials, by));
  },
});
