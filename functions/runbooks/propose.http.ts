import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { type Matched, matchRunbooks } from '../../shared/runbooks/index.ts';
import { describedAlerts } from '../aws/alert-descriptions.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { listRunbooks } from '../aws/runbooks.ts';
import { verb } from '../edge/verb.ts';
import { alertsOf } from '../incidents/alerts.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { viewRow } from './view-row.ts';

/** Alerts of an incident that runbooks are matched with. */
const MOST_ALERTS = 100;

/** The runbooks that fit an incident as it is now. */
export const propose = verb({
  api: runbooksApi.propose,
  run: async ({ ctx, params: { id } }) => {
    const now = clock.now();
    const [incident, rows] = await allDone([visibleIncident(ctx.org, id), listRunbooks(ctx.org)]);
    const matches = matchRunbooks(rows, await matchedWith(incident, now));
    return {
      items: matches.map(({ runbook, score, reasons }) => ({
        ...viewRow(runbook),
        score,
        reasons: [...reasons],
      })),
    };
  },
});

async function matchedWith(incident: Incident, now: Instant): Promise<Matched> {
  const { org, id, severity, state, title, service, runbook } = incident;
  const alerts = (await alertsOf(org, id, now)).slice(0, MOST_ALERTS);
  const described = await describedAlerts(
    org,
    alerts.map(({ fingerprint }) => fingerprint),
  );
  const labels = new Map<string, string[]>();
  for (const { labels: own } of described.values())
    for (const [name, value] of Object.entries(own)) labels.set(name, [...(labels.get(name) ?? []), value]);
  return {
    ...{ severity, state, title, labels, alerts: alerts.map((alert) => alert.title) },
    ...(service !== undefined && { service }),
    ...(runbook !== undefined && { runbook }),
  };
}
