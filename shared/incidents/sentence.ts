import { impossible } from '../kernel/index.ts';
import { type KnownFact, knownFact } from './known-fact.ts';
import { linkSentence } from './link-sentence.ts';
import { isOfRoom, roomSentence } from './room-sentence.ts';
import { isOfRunbook, runbookSentence } from './runbook-sentence.ts';
import { alertLines, pagedText, pagedWhy } from './sentence-details.ts';
import type { FactView } from './view.ts';
import {
  actorText,
  groupedBy,
  groupWords,
  isOfEscalation,
  severityText,
  severityWords,
  splitFrom,
} from './words.ts';

/** What the log says of one fact. */
export interface Sentence {
  readonly text: string;
  /** What a person wrote, word by word. */
  readonly quote?: string;
  /** Each different. */
  readonly lines?: readonly string[];
  /** An address that it is about, for people to follow. */
  readonly link?: string;
  /** A run of a runbook that it is about. */
  readonly run?: string;
  /** Another incident that it is about. */
  readonly incident?: string;
}

/** The name of a person of the organisation by id. */
export type NameOf = (person: string) => string | undefined;

/** A fact in words; undefined for what only fills a number of the log. */
export function sentenceOf(view: FactView, nameOf: NameOf): Sentence | undefined {
  const fact = knownFact(view);
  return fact ? known(fact, nameOf) : { text: `${actorText(view.actor)} recorded “${view.type}”.` };
}

function known(fact: KnownFact, nameOf: NameOf): Sentence | undefined {
  const who = actorText(fact.actor);
  if (isOfRoom(fact)) return roomSentence(fact, who);
  if (isOfRunbook(fact)) return runbookSentence(fact, who);
  if (isOfIncident(fact)) return incidentSentence(fact, who, nameOf);
  switch (fact.type) {
    case 'alerts.changed':
      return alertLines(fact.data);
    case 'page.refused':
      return refused(fact.data, nameOf);
    case 'status.told':
      return statusTold(fact.data, who);
    case 'void':
      return undefined;
    default:
      return impossible(fact);
  }
}

type IncidentFact = Extract<KnownFact, { type: `incident.${string}` }>;

const isOfIncident = (fact: KnownFact): fact is IncidentFact => fact.type.startsWith('incident.');

function incidentSentence(fact: IncidentFact, who: string, nameOf: NameOf): Sentence {
  switch (fact.type) {
    case 'incident.opened':
      return opened(fact, who);
    case 'incident.acknowledged':
      return {
        text: `${fact.data.by ? actorText(fact.data.by) : who} acknowledged. The escalation has stopped.`,
      };
    case 'incident.escalated':
      return { text: pagedText(fact.data, nameOf), ...pagedWhy(fact.data) };
    case 'incident.brought-forward':
      return { text: `No page of step ${fact.data.step} could be sent, so the next does not wait.` };
    case 'incident.put-off':
      return { text: putOffText(fact) };
    case 'incident.severity-changed':
      return severityChanged(fact, who);
    case 'incident.mitigated':
      return { text: `${who} marked it as mitigated: the harm has ended.` };
    case 'incident.renamed':
      return { text: `${who} renamed the incident to “${fact.data.title}”.` };
    case 'incident.resolved':
      return resolved(fact, who);
    case 'incident.reopened':
      return { text: reopenedText(fact.data, who) };
    case 'incident.merged':
    case 'incident.absorbed':
    case 'incident.origin-suspected':
    case 'incident.reached':
    case 'incident.related':
    case 'incident.unrelated':
    case 'incident.split':
      return linkSentence(fact, who);
    case 'incident.deleted':
      return { text: `${who} deleted the incident.` };
    case 'incident.noted':
      return { text: noted(fact.data, who), quote: fact.data.text };
    default:
      return impossible(fact);
  }
}

function putOffText({ data: { by, next, reached }, actor, occurredAt }: Of<'incident.put-off'>): string {
  const dueAt = `${next.dueAt.slice(0, 16).replace('T', ' ')} UTC`;
  if (by !== undefined) return `${by} keeps the next step back, at most until ${dueAt}.`;
  if (reached !== undefined)
    return `It has alerts of ${reached} as well, so the next step comes when those page.`;
  const due = next.dueAt <= occurredAt ? 'at once' : `at ${dueAt}`;
  return isOfEscalation(actor)
    ? `What kept the next step back has ended, or is not about all its alerts, so the step is due ${due}.`
    : `What came in may page sooner than what kept the next step back, so the step is due ${due}.`;
}

const noted = ({ by }: Of<'incident.noted'>['data'], who: string): string =>
  by === undefined ? `${who} wrote a note.` : `${by} wrote a note in ${who}.`;

const refused = ({ person, reason }: Of<'page.refused'>['data'], nameOf: NameOf): Sentence => ({
  text: `The page to ${nameOf(person) ?? person} could not be sent.`,
  lines: [reason],
});

const statusTold = ({ what, state, text, internal }: Of<'status.told'>['data'], who: string): Sentence =>
  what === 'withdrawn'
    ? { text: `${who} withdrew an update of the status page.` }
    : {
        text: `${who} told ${internal ? 'members' : 'the public'} on the status page: ${state}.`,
        quote: text,
      };

const reopenedText = ({ reason }: Of<'incident.reopened'>['data'], who: string): string =>
  reason === 'person' ? `${who} reopened the incident.` : 'An alert fired again: reopened.';

type Of<Type extends KnownFact['type']> = Extract<KnownFact, { type: Type }>;

function opened({ data, actor, recordedAt }: Of<'incident.opened'>, who: string): Sentence {
  const { correlation, severity, description } = data;
  const source = splitFrom(correlation);
  if (source !== undefined)
    return {
      text: `${who} split it off from ${source}, as ${severityText(severity)}, at ${recordedAt.slice(0, 19).replace('T', ' ')} UTC.`,
      lines: ['It counts from when the first of its alerts fired.'],
    };
  const opener = actor.kind === 'system' ? 'An alert' : who;
  return {
    text: `${opener} opened the incident as ${severityText(severity)}${data.urgency === 'low' ? ', of low urgency: it pages nobody' : ''}.`,
    ...(description !== undefined && { quote: description }),
    ...(correlation && { lines: [`${ruleText(correlation)}: ${groupWords(correlation.key)}`] }),
  };
}

const ruleText = (correlation: Parameters<typeof groupedBy>[0]): string =>
  groupedBy(correlation).replace(/^./, (letter) => letter.toUpperCase());

function severityChanged(
  { data: { from, to, urgency } }: Of<'incident.severity-changed'>,
  who: string,
): Sentence {
  if (from === to)
    return { text: `What joined pages, unlike what was there: the urgency became ${urgency ?? 'normal'}.` };
  const order = Object.keys(severityWords);
  const verb = order.indexOf(to) < order.indexOf(from) ? 'raised' : 'lowered';
  return { text: `${who} ${verb} the severity from ${severityText(from)} to ${severityText(to)}.` };
}

function resolved({ data: { reason, note } }: Of<'incident.resolved'>, who: string): Sentence {
  const text =
    reason === 'person' ? `${who} resolved the incident.` : 'No alert of it fires any more: resolved.';
  return { text, ...(note !== undefined && { quote: note }) };
}
