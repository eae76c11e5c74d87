import type * as z from 'zod';
import { type Incident, nameOf, type VideoProvider, type VideoStarted } from '../../incidents/index.ts';
import { type Actor, clipped, type Instant, oneLine, toText } from '../../kernel/index.ts';
import type { videoView } from '../api.ts';
import { needsCredentials, vendors } from './failure.ts';
import { jitsiCannot } from './jitsi.ts';
import type { WarRoomSettings } from './settings.ts';

/** The video link of one generation of an incident, as it is kept: what lets people join, and no rights of a host. */
export interface VideoLink {
  readonly provider: VideoProvider;
  readonly url: string;
  readonly generation: number;
  /** Which link of this generation it is, from 1. */
  readonly number: number;
  readonly startedBy: Actor;
  readonly at: Instant;
  readonly cannot: readonly string[];
}

/** What this provider cannot honour of these settings, in sentences. */
export const videoCannot = (provider: VideoProvider, settings: WarRoomSettings): readonly string[] =>
  needsCredentials(provider) ? vendors[provider].cannot(settings) : jitsiCannot(settings);

/** The fact that a link was started. */
export const videoStarted = ({ provider, url, generation, number, at }: VideoLink): VideoStarted => ({
  type: 'room.video-started',
  occurredAt: at,
  data: { provider, url, generation, number },
});

/** The name of the fact of a link, by which a repetition is recorded once; no client can choose such a one. */
export const videoMessageId = ({ generation, number }: Pick<VideoLink, 'generation' | 'number'>): string =>
  `video:${generation}:${number}`;

/** A link as the API shows it; `hostUrl` only to whoever asked for the meeting. */
export function viewVideo(link: VideoLink, hostUrl?: string): z.input<typeof videoView> {
  const { provider, url, startedBy, at, cannot } = link;
  return {
    ...{ provider, url, startedBy, at: toText(at), cannot: [...cannot] },
    ...(hostUrl !== undefined && { hostUrl }),
  };
}

/** What the product shows as the topic of the meeting: one line of at most 200 bytes, which every product takes. */
export const meetingTopic = (incident: Pick<Incident, 'number' | 'title'>): string =>
  clipped(oneLine(`${nameOf(incident)} ${incident.title}`), 200);
