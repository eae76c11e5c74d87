import { impossible } from '../kernel/index.ts';
import type { KnownFact } from './known-fact.ts';
import type { LinkFact } from './links.ts';
import type { Sentence } from './sentence.ts';

/** What the log says of an incident that has to do with another, or with a service. */
export function linkSentence(
  { type, data }: Extract<KnownFact, { readonly type: LinkFact['type'] }>,
  who: string,
): Sentence {
  switch (type) {
    case 'incident.merged':
      return { text: `${who} merged this into another incident: ${data.reason}`, incident: data.into };
    case 'incident.absorbed':
      return { text: `${who} merged another incident into this: ${data.reason}`, incident: data.from };
    case 'incident.origin-suspected':
      return { text: `The trouble seems to come from ${data.service}.`, lines: [data.why] };
    case 'incident.reached':
      return { text: `It has reached ${data.service}.`, lines: [data.why] };
    case 'incident.related':
      return { text: `${who} related another incident to it: ${data.why}`, incident: data.incident };
    case 'incident.unrelated':
      return {
        text: `${who} says that another incident has nothing to do with it.`,
        incident: data.incident,
      };
    case 'incident.split': {
      const alerts = data.alerts.length === 1 ? 'an alert' : `${data.alerts.length} alerts`;
      return {
        text: `${who} moved ${alerts} into an incident of their own: ${data.reason}`,
        incident: data.into,
      };
    }
    default:
      return impossible(type);
  }
}
