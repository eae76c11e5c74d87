import type { Change } from '../../../shared/alerts/index.ts';
import { type Actor, type Instant, idOf } from '../../../shared/kernel/index.ts';
import {
  type CauseSources,
  type Content,
  defaultTemplate,
  generate,
  type LoggedPostmortemFact,
  type OtherIncident,
  type PostmortemFact,
  type PostmortemSources,
  postmortemOf,
} from '../../../shared/postmortems/index.ts';
import { timelineOf } from '../../../shared/timeline/index.ts';
import { ann, inc, minutes, org } from '../../support/given.ts';
import {
  acknowledged,
  alert,
  alerts,
  bob,
  change,
  escalated,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  sourcesOf,
  type Told,
} from '../timeline/log.ts';

/** A deployment of the service that fails two minutes later, rolled back, and over. */
export const rolledBack: readonly Told[] = [
  [0, openedFact()],
  [0, alerts(alert(-1, 'firing'))],
  [0, escalated(1)],
  [4, acknowledged],
  [9, said('Decision: roll back checkout 4.2.0'), bob],
  [14, mitigated],
  [20, resolved],
];
export const deployed = change(minutes(-3), {
  service: 'checkout',
  version: '4.2.0',
  title: 'Release of the basket',
});

export interface Given extends Partial<Omit<CauseSources, 'timeline' | 'facts'>> {
  readonly told?: readonly Told[];
  readonly changes?: readonly Change[];
}

/** What a post-mortem is generated from: this log, and what is said of what lies around it. */
export function given({ told = rolledBack, changes = [], ...more }: Given = {}): PostmortemSources {
  const sources = sourcesOf(logOf(...told), { changes });
  const around = { labels: [], dependsOn: new Map(), others: [], past: [], ...more };
  return {
    timeline: timelineOf(sources, minutes(60)),
    facts: sources.facts,
    changes,
    nameOf: sources.nameOf,
    ...around,
  };
}

export const other = (name: string, at: Instant, more: Partial<OtherIncident> = {}): OtherIncident => ({
  ...{ id: idOf('incident', at, name), name, title: 'Database is slow', openedAt: at, ...more },
});

export const content = (more: Given = {}): Content =>
  generate(given({ changes: [deployed], ...more }), defaultTemplate);

/** A fact, and who caused it. */
export type Recorded = readonly [fact: PostmortemFact, actor?: Actor];

/** A post-mortem after these facts, each by whom it names. */
export function postmortemAfter(...facts: readonly Recorded[]) {
  const logged = facts.map(([fact, actor = ann], i): LoggedPostmortemFact => {
    const postmortem = idOf('postmortem', 0, inc);
    return { ...fact, org, postmortem, seq: i + 1, recordedAt: fact.occurredAt, actor };
  });
  const found = postmortemOf(logged);
  if (!found) throw new Error('No facts');
  return found;
}

export const generated = (made = content()): PostmortemFact => ({
  type: 'postmortem.generated',
  occurredAt: minutes(30),
  data: { ...made, incident: inc },
});
