import { alertsApi } from '../../shared/alerts/api.ts';
import { serviceNamed } from '../../shared/alerts/index.ts';
import { flappingBy } from '../../shared/detection/index.ts';
import { DAY, HOUR, type Instant, MINUTE, Refusal, toText } from '../../shared/kernel/index.ts';
import { readIncidents } from '../aws/alert-heads.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { viewListed } from './alert-view.ts';
import { searchAlerts } from './search.ts';
import { placeIn } from './search-place.ts';

/** The longest time that one question may span. */
const LONGEST = 400 * DAY;

const USUAL_HOURS = 24;

/** Alerts of which something was received in a time, the one that was heard of last first. */
export const listAlerts = verb({
  api: alertsApi['list-alerts'],
  run: async ({ ctx: { org }, query }) => {
    const { limit, cursor, from: begin, to: end, since, match: said, ruled, ...asked } = query;
    const now = clock.now();
    const match = said === undefined ? undefined : [said].flat();
    const listing = { org, of: { list: 'single alerts', from: begin, to: end, since, match, ...asked } };
    const place = cursor === undefined ? undefined : placeIn(readCursor(listing, cursor));
    const to = place?.to ?? end ?? now;
    const from = place?.from ?? begin ?? to - (since ?? USUAL_HOURS) * HOUR;
    if (begin !== undefined && since !== undefined) throw bothBegins();
    refuseLong(from, to);
    const service = asked.service === undefined ? undefined : (serviceNamed(asked.service) ?? asked.service);
    const search = { ...asked, service, match };
    const { body } = await loadConfiguration(org, tellLeftOut);
    const asking = { org, from, to, limit, search, now, flapping: flappingBy(body.detection) };
    const found = await searchAlerts({ ...asking, ...(place && { place }) });
    const { alerts, next, coveredFrom, leftOut } = found;
    const ids = alerts.flatMap(({ head }) => head?.memberships[0]?.incident ?? []);
    const incidents = await readIncidents(org, ids);
    return {
      items: alerts.flatMap(
        ({ id, ...one }) => viewListed(id, one, incidents, ruled ? body.rules : undefined) ?? [],
      ),
      ...(next && { next: writeCursor(listing, [from, to, next.at].map(String).concat(next.fingerprint)) }),
      coveredFrom: toText(coveredFrom),
      ...(leftOut.length > 0 && { leftOut: leftOut.map((minute) => toText(minute * MINUTE)) }),
    };
  },
});

const bothBegins = (): Refusal =>
  new Refusal('invalid', 'Say either `from` or `since`, not both.', 'query.since');

/** Refuses what is longer than is looked at, and what ends before it begins. */
function refuseLong(from: Instant, to: Instant): void {
  if (from <= to && to - from <= LONGEST) return;
  const reason = 'Ask for at most 400 days, from an earlier to a later time.';
  throw new Refusal('invalid', reason, 'query.from');
}
