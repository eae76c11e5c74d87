import { foreignCursor } from '../../shared/kernel/index.ts';
import { timelineApi } from '../../shared/timeline/api.ts';
import {
  eventsCsv,
  eventsMarkdown,
  type TimelineEvent,
  timelineMarkdown,
  timelineOf,
  timelineSvg,
  viewTimeline,
} from '../../shared/timeline/index.ts';
import { clock } from '../aws/clock.ts';
import { setting } from '../aws/settings.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { loadSources } from './load.ts';

/** The timeline of an incident: a fold at reading time, nothing of it is stored. */
export const getTimeline = verb({
  api: timelineApi['get-timeline'],
  run: async ({ ctx: { org }, params: { id }, query: { format, limit, cursor } }) => {
    const now = clock.now();
    const incident = await visibleIncident(org, id);
    const timeline = timelineOf(await loadSources(incident, now), now);
    if (format === 'svg') return reply(200, timelineSvg(timeline), { 'content-type': 'image/svg+xml' });
    const listing = { org, of: { list: 'timeline', incident: id } };
    const rest = cursor === undefined ? timeline.events : after(timeline.events, readCursor(listing, cursor));
    const events = rest.slice(0, limit);
    const last = events.at(-1);
    const next = last && rest.length > limit ? writeCursor(listing, [last.id, String(last.at)]) : undefined;
    if (format === 'json') return viewTimeline(timeline, { events, ...(next !== undefined && { next }) });
    const address = `${setting('publicUrl')}/api/incidents/${id}/timeline?format=${format}&limit=${limit}`;
    const link = next !== undefined && { link: `<${address}&cursor=${next}>; rel="next"` };
    if (format === 'csv') {
      const type = { 'content-type': 'text/csv; charset=utf-8' };
      return reply(200, eventsCsv(events, cursor === undefined), { ...type, ...link });
    }
    const text = cursor === undefined ? timelineMarkdown(timeline, events) : eventsMarkdown(events);
    return reply(200, text, { 'content-type': 'text/markdown; charset=utf-8', ...link });
  },
});

/** What comes after an event. What became of a page can move it or take it away; then what happened later is next. */
function after(
  events: readonly TimelineEvent[],
  [id = '', at = '']: readonly string[],
): readonly TimelineEvent[] {
  if (!/^\d+$/.test(at)) throw foreignCursor();
  const place = events.findIndex((event) => event.id === id && event.at === Number(at));
  return place >= 0 ? events.slice(place + 1) : events.filter((event) => event.at > Number(at));
}
