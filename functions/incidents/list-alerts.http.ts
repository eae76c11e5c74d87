import { incidentsApi } from '../../shared/incidents/api.ts';
import { type AlertEntry, viewAlert } from '../../shared/incidents/index.ts';
import { foreignCursor, toText } from '../../shared/kernel/index.ts';
import { describedAlerts } from '../aws/alert-descriptions.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { alertsOf, counted, MOST_HOURS } from './alerts.ts';
import { visibleIncident } from './visible.ts';

/** The alerts of an incident with their counts, a page at a time. */
export const listAlerts = verb({
  api: incidentsApi['list-alerts'],
  run: async ({ ctx, params, query: { limit, cursor, state } }) => {
    const now = clock.now();
    const [incident, members] = await allDone([
      visibleIncident(ctx.org, params.id),
      alertsOf(ctx.org, params.id, now),
    ]);
    const listing = { org: ctx.org, of: { list: 'alerts', incident: incident.id, state } };
    const rest = cursor === undefined ? members : membersAfter(members, readCursor(listing, cursor));
    const shown = rest.filter((member) => state === undefined || member.state === state);
    const page = shown.slice(0, limit);
    const fingerprints = page.map(({ fingerprint }) => fingerprint);
    const [{ counts, until }, descriptions] = await allDone([
      counted(incident, page, now, MOST_HOURS.page),
      describedAlerts(ctx.org, fingerprints),
    ]);
    const last = page.at(-1);
    return {
      items: page.map((member) => {
        const described = descriptions.get(member.fingerprint);
        const count = counts?.get(member.fingerprint);
        return viewAlert(member, { ...(described && { described }), ...(count && { count }) });
      }),
      ...(last && shown.length > limit && { next: writeCursor(listing, [last.fingerprint]) }),
      countedUntil: toText(until),
    };
  },
});

/** The place of an alert never changes, whatever its state becomes; so the cursor need not know the state. */
function membersAfter(
  members: readonly AlertEntry[],
  [fingerprint = '']: readonly string[],
): readonly AlertEntry[] {
  const place = members.findIndex((member) => member.fingerprint === fingerprint);
  if (place >= 0) return members.slice(place + 1);
  throw foreignCursor();
}
