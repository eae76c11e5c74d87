import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import {
  type Delivery,
  encodeLink,
  linkExpiry,
  type PageContent,
  type Person,
} from '../../shared/on-call/index.ts';
import { setting } from '../aws/settings.ts';
import { linkSigner } from './signature.ts';

/** What tells a person of an incident, with a link of their own to acknowledge it. */
export async function pageContent(
  incident: Incident,
  person: Person,
  { generation, step, possiblyAgain }: Delivery,
  now: Instant,
): Promise<PageContent> {
  const link = {
    org: incident.org,
    incident: incident.id,
    generation,
    step,
    person: person.id,
    expiresAt: linkExpiry(now),
  };
  return {
    incident,
    step,
    person: person.id,
    name: person.name,
    respondUrl: `${setting('publicUrl')}/respond/${encodeLink(link, await linkSigner())}`,
    consoleUrl: `${setting('consoleUrl')}/incidents/${incident.id}`,
    possiblyAgain,
    now,
  };
}
