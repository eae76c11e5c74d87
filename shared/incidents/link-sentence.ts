import { impossible } from '../kernel/index.ts';
import { nameOf } from './incident.ts';
import type { KnownFact } from './known-fact.ts';
import type { LinkFact } from './links.ts';
import type { Sentence } from './sentence.ts';
import { apartText } from './words.ts';

/** What the log says of an incident that has to do with another, or with a service. */
export function linkSentence(
  { type, data }: Extract<KnownFact, { readonly type: LinkFact['type'] }>,
  who: string,
): Sentence {
  const other = otherName(data);
  switch (type) {
    case 'incident.merged':
      return { text: `${who} merged this into ${other}: ${data.reason}`, incident: data.into };
    case 'incident.absorbed':
      return { text: `${who} merged ${other} into this: ${data.reason}`, incident: data.from };
    case 'incident.origin-suspected':
      return { text: `The trouble seems to come from ${data.service}.`, lines: [data.why] };
    case 'incident.reached':
      return { text: `It has reached ${data.service}.`, lines: [data.why] };
    case 'incident.related':
      return {
        text: `${who} related ${other} to it: ${data.why}`,
        incident: data.incident,
        ...(data.apart !== undefined && { lines: [apartText(data.apart)] }),
      };
    case 'incident.unrelated':
      return {
        text: `${who} says that ${other} has nothing to do with it.`,
        incident: data.incident,
      };
    case 'incident.split': {
      const [alerts, whose] =
        data.alerts.length === 1 ? ['an alert', 'its own'] : [`${data.alerts.length} alerts`, 'their own'];
      const own = data.number === undefined ? `an incident of ${whose}` : `${other}, an incident of ${whose}`;
      return {
        text: `${who} moved ${alerts} into ${own}: ${data.reason}`,
        incident: data.into,
        ...(data.gone && { lines: [`It has to do with ${data.gone.join(', ')} no more.`] }),
      };
    }
    default:
      return impossible(type);
  }
}

/** How sentences name the other incident. */
const otherName = (data: object): string =>
  'number' in data && typeof data.number === 'number' ? nameOf({ number: data.number }) : 'another incident';
