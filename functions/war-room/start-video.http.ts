import { warRoomApi } from '../../shared/war-room/api.ts';
import { viewVideo } from '../../shared/war-room/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { loadVideoLink } from '../aws/video-links.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { newVideo } from './new-video.ts';

/** Gives the incident's video link; makes one when there is none of this generation, or when a new one is wanted. */
export const startVideo = verb({
  api: warRoomApi['start-video'],
  run: async ({ ctx, params, body, cause }) => {
    const incident = await visibleIncident(ctx.org, params.id);
    const [there, { body: configuration }] = await allDone([
      loadVideoLink(incident),
      loadConfiguration(ctx.org, tellLeftOut),
    ]);
    if (there !== undefined && !body.new) return reply(200, viewVideo(there));
    const settings = configuration.warRoom;
    const { link, isOurs, hostUrl } = await newVideo({
      ...{ incident, settings, cause, actor: ctx.actor, at: clock.now() },
      provider: body.provider ?? settings.videoIntegration,
      number: (there?.number ?? 0) + 1,
    });
    return reply(isOurs ? 201 : 200, viewVideo(link, hostUrl));
  },
});
