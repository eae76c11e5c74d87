import type { Incident } from '../../shared/incidents/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type VideoLink, videoMessageId, videoStarted } from '../../shared/war-room/index.ts';
import { type Recording, stored } from './incident-rows.ts';
import { recordRoom } from './room-log.ts';
import { table } from './table.ts';

/** The latest link of the incident's present generation. */
export async function loadVideoLink(incident: Incident): Promise<VideoLink | undefined> {
  const { org, id: inc, generation } = incident;
  const row = await table.get(schema.videoLink.key({ org, inc, generation }));
  return row && stored<VideoLink>(row);
}

/**
 * Records that a link was started, as a fact and as the latest link, in one transaction. When somebody else was faster, the link is
 * theirs.
 */
export async function recordVideoLink(
  incident: Incident,
  link: VideoLink,
  recording: Recording,
): Promise<{ readonly link: VideoLink; readonly isOurs: boolean }> {
  const { org, id: inc } = incident;
  const { generation, number } = link;
  const row = { ...schema.videoLink.key({ org, inc, generation }), kind: 'video', ...link };
  const guard = number === 1 ? { ifNew: true } : { if: { number: { is: number - 1 } } };
  const clientMessageId = videoMessageId(link);
  const also = [{ put: row, ...guard }];
  const outcome = await recordRoom(org, inc, videoStarted(link), { ...recording, clientMessageId, also });
  if ('recorded' in outcome) return { link, isOurs: true };
  const theirs = await loadVideoLink(incident);
  if (theirs === undefined) throw new Error(`The guard of a video link names fact ${outcome.earlier} alone`);
  return { link: theirs, isOurs: false };
}
