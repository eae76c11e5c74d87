import type { Incident, VideoProvider } from '../../shared/incidents/index.ts';
import type { Actor, Cause, Instant } from '../../shared/kernel/index.ts';
import {
  jitsiLink,
  type Meeting,
  meetingTopic,
  needsCredentials,
  type VideoLink,
  videoCannot,
  type WarRoomSettings,
} from '../../shared/war-room/index.ts';
import { recordVideoLink } from '../aws/video-links.ts';
import { vendorMeeting } from './vendor-meeting.ts';
import { roomSecret } from './video-room.ts';

/** What a new link is made for. */
export interface NewVideo {
  readonly incident: Incident;
  readonly provider: VideoProvider;
  readonly settings: WarRoomSettings;
  /** Which link of this generation it is. */
  readonly number: number;
  readonly actor: Actor;
  readonly at: Instant;
  readonly cause: Cause;
}

/** Makes a link and records it; the rights of its host go only to whoever asked, and only when the link is theirs. */
export async function newVideo(
  wanted: NewVideo,
): Promise<{ readonly link: VideoLink; readonly isOurs: boolean; readonly hostUrl?: string }> {
  const { incident, provider, settings, number, actor, at, cause } = wanted;
  const { hostUrl, url } = await meetingOf(wanted);
  const { generation } = incident;
  const cannot = videoCannot(provider, settings);
  const link = { provider, url, generation, number, startedBy: actor, at, cannot };
  const recorded = await recordVideoLink(incident, link, { actor, now: at, cause });
  return { ...recorded, ...(recorded.isOurs && hostUrl !== undefined && { hostUrl }) };
}

async function meetingOf({ incident, provider, settings, number, at }: NewVideo): Promise<Meeting> {
  const { org, id, generation } = incident;
  if (needsCredentials(provider))
    return vendorMeeting(org, provider, { settings, topic: meetingTopic(incident), now: at });
  const place = [org, id, String(generation), String(number)];
  return { url: jitsiLink(settings, place, await roomSecret()) };
}
