import { type Incident, nameOf as incidentName, isOpen } from '../../shared/incidents/index.ts';
import { DAY, HOUR, type Instant } from '../../shared/kernel/index.ts';
import {
  likeness,
  type OtherIncident,
  type Postmortem,
  type PostmortemSources,
} from '../../shared/postmortems/index.ts';
import { type TimelineSources, timelineOf } from '../../shared/timeline/index.ts';
import { describedAlerts } from '../aws/alert-descriptions.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { loadPostmortem, postmortemOfIncident } from '../aws/postmortem-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { walkHistory } from '../incidents/history.ts';
import { loadSources } from '../timeline/load.ts';

/** How far back incidents like it are looked for, and how many are looked through. */
const [REMEMBERED, MOST] = [90 * DAY, 500];

/** Alerts whose labels are read, and similar incidents whose post-mortems are. */
const [MOST_ALERTS, MOST_ALIKE] = [50, 5];

/** All that a post-mortem is generated from. */
export async function gather(incident: Incident, now: Instant): Promise<PostmortemSources> {
  const { org, openedAt } = incident;
  const [sources, open, { body }] = await allDone([
    loadSources(incident, now),
    listOpen(org),
    loadConfiguration(org, tellLeftOut),
  ]);
  const filter = { openedAfter: openedAt - REMEMBERED, openedBefore: openedAt + HOUR };
  const ids = new Set(open.map(({ id }) => id));
  const [history, labels] = await allDone([
    walkHistory({ org, filter, limit: MOST, open: ids, now }),
    labelsOf(sources),
  ]);
  const rest = [...open, ...history.incidents].filter(({ id }) => id !== incident.id);
  return {
    timeline: timelineOf(sources, now),
    ...{ facts: sources.facts, changes: sources.changes, nameOf: sources.nameOf, labels },
    dependsOn: new Map(body.services.map(({ id, dependsOn }) => [id, dependsOn])),
    others: rest.filter((one) => wasOpenAround(one, openedAt)).map(otherOf),
    past: await pastOf(incident, rest),
  };
}

async function labelsOf({ incident, facts }: TimelineSources): Promise<PostmortemSources['labels']> {
  const entries = facts.flatMap((fact) => (fact.type === 'alerts.changed' ? fact.data.entries : []));
  const fingerprints = [...new Set(entries.map(({ fingerprint }) => fingerprint))].slice(0, MOST_ALERTS);
  const described = await describedAlerts(incident.org, fingerprints);
  return [...described.values()].map(({ labels }) => labels);
}

const wasOpenAround = (one: Incident, at: Instant): boolean =>
  Math.abs(one.openedAt - at) <= 2 * HOUR && (isOpen(one) || one.resolvedAt >= at - HOUR);

function otherOf(one: Incident): OtherIncident {
  const { id, title, service, openedAt } = one;
  return {
    ...{ id, name: incidentName(one), title, openedAt },
    ...(service !== undefined && { service }),
    ...(one.state === 'resolved' && { resolvedAt: one.resolvedAt }),
  };
}

/** Earlier ones of the same service whose titles are like its own, with the cause that was found then. */
async function pastOf(incident: Incident, rest: readonly Incident[]): Promise<readonly OtherIncident[]> {
  const { org, service, title, openedAt } = incident;
  const alike = rest
    .filter((one) => one.service === service && one.openedAt < openedAt && likeness(one.title, title) > 0)
    .toSorted((a, b) => likeness(b.title, title) - likeness(a.title, title))
    .slice(0, MOST_ALIKE);
  const known = await allDone(alike.map(({ id }) => loadPostmortem(org, postmortemOfIncident(org, id))));
  return alike.map((one, i) => ({ ...otherOf(one), ...causeOf(known[i]) }));
}

/** What a post-mortem that is done says: a person's first line, else what was confirmed. */
function causeOf(postmortem: Postmortem | undefined): Pick<OtherIncident, 'cause'> {
  if (postmortem?.status !== 'done') return {};
  const { written, analysis } = postmortem;
  const said = written['root-cause']?.text.split('\n')[0];
  const found = analysis.verdict === 'CONFIRMED' ? analysis.hypotheses[0]?.title : undefined;
  const cause = said ?? found;
  return cause === undefined ? {} : { cause };
}
