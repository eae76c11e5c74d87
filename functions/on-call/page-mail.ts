import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import {
  type Delivery,
  encodeLink,
  linkExpiry,
  type Person,
  renderPage,
} from '../../shared/on-call/index.ts';
import type { Mail } from '../aws/mail.ts';
import { setting } from '../aws/settings.ts';
import { linkSigner } from './signature.ts';

/** The mail that tells a person of an incident, with a link of their own to acknowledge it. */
export async function pageMail(
  incident: Incident,
  person: Person,
  { generation, step, possiblyAgain }: Delivery,
  now: Instant,
): Promise<Mail> {
  const link = {
    org: incident.org,
    incident: incident.id,
    generation,
    step,
    person: person.id,
    expiresAt: linkExpiry(now),
  };
  const page = renderPage({
    incident,
    step,
    name: person.name,
    respondUrl: `${setting('publicUrl')}/respond/${encodeLink(link, await linkSigner())}`,
    consoleUrl: `${setting('consoleUrl')}/incidents/${incident.id}`,
    possiblyAgain,
    now,
  });
  return { to: person.email, ...page };
}
