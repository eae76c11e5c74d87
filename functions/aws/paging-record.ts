import type { Configuration } from '../../shared/configuration/index.ts';
import { pageWaits } from '../../shared/detection/index.ts';
import { type Incident, type LoggedFact, nameOf } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import {
  type Delivery,
  namerOf,
  type PagedBefore,
  type PagingRecord,
  policyFor,
} from '../../shared/on-call/index.ts';
import { allDone } from './all-done.ts';
import { deliveriesOf } from './delivery-intents.ts';
import { readHeldStep } from './held-step.ts';
import { loadIncident } from './incident-log.ts';
import { latestFacts } from './log-pages.ts';
import { listMembers } from './organisations.ts';

const telling: ReadonlySet<string> = new Set([
  'incident.opened',
  'incident.reopened',
  'incident.severity-changed',
  'incident.escalated',
  'incident.brought-forward',
  'incident.put-off',
  'incident.acknowledged',
  'incident.resolved',
  'incident.merged',
  'incident.deleted',
]);

interface PagingFacts {
  /** What the log tells of pages since the incident was last opened, in order. */
  readonly facts: readonly LoggedFact[];
  /** The steps before that which came with the same read. */
  readonly steps: PagedBefore['steps'];
}

async function pagingFacts({ org, id, generation }: Incident): Promise<PagingFacts> {
  const found: LoggedFact[] = [];
  for await (const facts of latestFacts(org, id))
    for (const [place, fact] of facts.entries()) {
      if (telling.has(fact.type)) found.unshift(fact);
      const { type } = fact;
      if (type === 'incident.opened' || (type === 'incident.reopened' && fact.data.generation === generation))
        return {
          facts: found,
          steps: facts.slice(place).flatMap((one) => (one.type === 'incident.escalated' ? [one] : [])),
        };
    }
  return { facts: found, steps: [] };
}

/** What was paged of the incident from which one was split off until then: what it paged since is not for these alerts. */
async function pagedBeforeSplit({
  org,
  splitFrom,
  points,
}: Incident): Promise<PagingRecord['splitFrom'] | undefined> {
  const source = splitFrom && (await loadIncident(org, splitFrom));
  if (!source || !points) return undefined;
  const [pages, { facts, steps }] = await allDone([deliveriesOf(org, source.id), pagingFacts(source)]);
  return {
    name: nameOf(source),
    pages: pages.filter((page) => outcomeAt(page) <= points.detectedAt),
    steps: [...steps, ...facts.flatMap((fact) => (fact.type === 'incident.escalated' ? [fact] : []))],
  };
}

const outcomeAt = (page: Delivery): Instant =>
  page.state === 'sent' ? page.sentAt : page.state === 'failed' ? page.failedAt : Number.POSITIVE_INFINITY;

/** Somebody whom sentences may name. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
}

/** What is looked at to say why somebody was paged for an incident, or not, and the people who are known. */
export async function readPaging(
  incident: Incident,
  configuration: Configuration,
  now: Instant,
): Promise<{ readonly record: PagingRecord; readonly known: readonly KnownPerson[] }> {
  const { org, id } = incident;
  const { people, policies, schedules, rules } = configuration;
  const [splitFrom, pages, members, { facts, steps }, held] = await allDone([
    pagedBeforeSplit(incident),
    deliveriesOf(org, id),
    listMembers(org),
    pagingFacts(incident),
    readHeldStep(incident, configuration, now),
  ]);
  const known = [
    ...people.map((person) => ({ id: person.id, name: person.name, email: person.email })),
    ...members.map(({ person, name, email }) => ({ id: person, name, email })),
  ];
  const namedBy = namerOf(incident, configuration);
  const record: PagingRecord = {
    ...{ incident, facts, schedules },
    pages: pages.filter(({ generation }) => generation === incident.generation),
    before: { pages: pages.filter(({ generation }) => generation < incident.generation), steps },
    policy: policyFor(incident, policies),
    waits: pageWaits(incident, facts, rules, now),
    ...(held && { held }),
    ...(namedBy !== undefined && { namedBy }),
    ...(splitFrom && { splitFrom }),
    nameOf: (person) => known.find((one) => one.id === person)?.name ?? person,
  };
  return { record, known };
}
