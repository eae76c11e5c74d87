import { Refusal } from '../../shared/kernel/index.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { viewVideo } from '../../shared/war-room/index.ts';
import { loadVideoLink } from '../aws/video-links.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';

/** The latest video link of the incident. */
export const getVideo = verb({
  api: warRoomApi['get-video'],
  run: async ({ ctx, params }) => {
    const link = await loadVideoLink(await visibleIncident(ctx.org, params.id));
    if (link !== undefined) return viewVideo(link);
    throw new Refusal('not_found', 'Nobody has asked for a video link yet; POST here makes one.', 'path.id');
  },
});
