import type { ExplainedStep } from '../../alerts/index.ts';
import { actorText, apartText, type Incident, nameOf } from '../../incidents/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Guard, Link, LinkKind } from '../guard.ts';
import type { Match } from '../match.ts';
import { stormHash } from '../storm-counts.ts';
import { reasonOf } from './reason.ts';
import { countsAt } from './received.ts';
import type { AlertRecord, Joined } from './record.ts';
import { isOfEarlier, type Standing } from './standing.ts';
import { countOf, ended, timeWords } from './words.ts';

const kindWords: Readonly<Record<LinkKind, string>> = {
  dependency: 'the services depend on each other',
  similarity: 'the titles are alike',
  inhibition: 'the one mutes the other',
  person: 'a person says so',
};

/** Whether alerts of its group go into the incidents of another group, why, and how sure that is. */
export function correlationStep(record: AlertRecord, match: Match, { joined }: Standing): ExplainedStep {
  const links = linksFrom(match.hash, record.guards);
  const { head } = record;
  const guard = record.guards.get(match.hash);
  const lines = [
    ...links.slice(1).map((link) => `From there they go on: ${linkWords(link)}.`),
    ...pinLines(head),
    ...(joined ? mergeLines(joined) : []),
    ...(joined?.incident ? relatedLines(joined.into ?? joined.incident) : []),
  ];
  const [first] = links;
  const isElsewhere = joined !== undefined && joined.membership.correlation !== match.hash && !first;
  return {
    about: 'correlation',
    basis: 'recorded',
    text: first
      ? `What fires in its group goes into the incident of another group: ${linkWords(first)}.`
      : isElsewhere
        ? elsewhereWords(record, match, joined)
        : ownWords(guard, isAlone(joined)),
    lines,
    data: { links: links.map(({ to, kind, score, why }) => ({ to, kind, score, why })) },
  };
}

/** The incident may be of the same group, through another rule: by that of an earlier firing, or of then. */
function elsewhereWords(record: AlertRecord, { does, key }: Match, joined: Joined): string {
  const { incident } = joined;
  const why = ended(reasonOf(joined, undefined));
  const at = record.told && countsAt(record, record.told);
  if (does !== 'open')
    return `${at === undefined || isOfEarlier(record, joined, at) ? 'An earlier firing of it' : 'Before that it'} came into an incident: ${why}`;
  return incident?.correlation?.key === key
    ? `It came into an incident of the same group by another rule: ${why}`
    : `It came into an incident of another group: ${why}`;
}

/** Whether no other incident was merged with it, or may have to do with it. */
const isAlone = (joined: Joined | undefined): boolean =>
  joined?.into === undefined && (joined?.incident?.related ?? []).length === 0;

function ownWords(guard: Guard | undefined, none: boolean): string {
  const taken = guard?.took?.length ?? 0;
  return taken === 0
    ? `Its group has incidents of its own${none ? '; no other was found to have the same cause' : ''}.`
    : `Its group has incidents of its own, into which ${countOf(taken, 'other group')} ${taken === 1 ? 'was' : 'were'} merged: what fires there comes here.`;
}

/** Why an alert goes elsewhere than its group: it came in a storm, or a person moved it. */
function pinLines(head: AlertHead | undefined): readonly string[] {
  if (head?.pin === undefined) return [];
  return head.pin === stormHash(head.integration)
    ? [
        'It came in a storm of its integration, so it goes into the incident of that; other integrations do not.',
      ]
    : ['A person took this alert out of another incident, so it goes where that was moved to.'];
}

const linkWords = ({ kind, score, why }: Link): string =>
  `${why} (${kindWords[kind]}; score ${score.toFixed(2)})`;

/** The links from one key to the next. */
function linksFrom(hash: string, guards: ReadonlyMap<string, Guard>): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set([hash]);
  for (let link = guards.get(hash)?.link; link && !seen.has(link.to); link = guards.get(link.to)?.link) {
    links.push(link);
    seen.add(link.to);
  }
  return links;
}

function mergeLines({ incident, into }: Joined): readonly string[] {
  if (!incident || !into || incident.state !== 'resolved') return [];
  const { resolvedAt, resolvedBy } = incident;
  const by =
    resolvedBy.kind === 'system'
      ? 'because of what their alerts have in common'
      : `by ${actorText(resolvedBy)}`;
  return [`${nameOf(incident)} was merged into ${nameOf(into)} at ${timeWords(resolvedAt)}, ${by}.`];
}

const relatedLines = ({ related = [] }: Incident): readonly string[] =>
  related.map(
    ({ incident, number, why, score, apart }) =>
      `${number === undefined ? `Another incident (${incident})` : nameOf({ number })} may have to do with it${score === undefined ? '' : `, with a score of ${score.toFixed(2)}`}: ${why}.${apart === undefined ? '' : ` ${apartText(apart)}`}`,
  );
