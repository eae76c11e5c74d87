import { type Id, type Instant, type OrganisationId, system } from '../kernel/index.ts';
import type { PageSubject } from './briefing.ts';
import type { PageContent } from './page-content.ts';
import type { Person } from './person.ts';

/** How often a test notification is tried. */
export const TEST_TRIES = 3;

/** What a test notification says: that it is one. It looks as a page does, about an incident that there is not. */
export function testContent(
  { org, test, code }: { readonly org: OrganisationId; readonly test: Id<'test'>; readonly code?: string },
  person: Person,
  more: Pick<PageContent, 'consoleUrl' | 'possiblyAgain' | 'now'>,
): PageContent {
  const title =
    code === undefined
      ? 'Test notification: nothing is wrong, and nothing is to be done'
      : `Test notification. To confirm this number, give the code ${code}`;
  return {
    incident: testIncident(org, test, title, more.now),
    ...{ step: 1, person: person.id, name: person.name, respondUrl: more.consoleUrl },
    ...more,
    isTest: true,
  };
}

function testIncident(org: OrganisationId, id: Id<'test'>, title: string, now: Instant): PageSubject {
  return {
    ...{ org, id, title, version: 1, number: 0, severity: 'P5_INFO', generation: 1 },
    ...{ state: 'triggered', step: 1, openedAt: now, updatedAt: now, openedBy: system('delivery') },
  };
}
