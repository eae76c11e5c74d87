import type { Incident, LoggedFact } from '../../shared/incidents/index.ts';
import { latestFacts } from '../aws/log-pages.ts';

const telling: ReadonlySet<string> = new Set([
  'incident.opened',
  'incident.reopened',
  'incident.severity-changed',
  'incident.escalated',
  'incident.brought-forward',
  'incident.put-off',
  'incident.acknowledged',
  'incident.resolved',
]);

/** What the log tells of pages since the incident was last opened, in order. */
export async function pagingFacts({ org, id, generation }: Incident): Promise<readonly LoggedFact[]> {
  const found: LoggedFact[] = [];
  for await (const facts of latestFacts(org, id))
    for (const fact of facts) {
      if (telling.has(fact.type)) found.unshift(fact);
      const { type } = fact;
      if (type === 'incident.opened' || (type === 'incident.reopened' && fact.data.generation === generation))
        return found;
    }
  return found;
}
