import { warRoomApi } from '../../shared/war-room/api.ts';
import { listVideoCredentials } from '../aws/video-credentials.ts';
import { verb } from '../edge/verb.ts';
import { viewCredentials } from './view-credentials.ts';

/** For which providers credentials are set; never what they are. */
export const listCredentials = verb({
  api: warRoomApi['list-video-credentials'],
  run: async ({ ctx }) => ({ items: (await listVideoCredentials(ctx.org)).map(viewCredentials) }),
});
