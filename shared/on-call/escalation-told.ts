import type { ExplainedStep, Explanation } from '../alerts/index.ts';
import {
  actorText,
  type Incident,
  isMerged,
  type LoggedFact,
  nameOf,
  needsHuman,
  severityText,
} from '../incidents/index.ts';
import { type IncidentId, type Instant, utcText } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import { outcomeText } from './outcome-text.ts';
import { beforeLines, beforeWords, openedAgain, sinceWords, wasPagedBefore } from './paged-before.ts';
import { commonReasons, heldWords, namesOf, passedOver, quietText } from './paging.ts';
import { levelName, type PagingReason, type PagingRecord, type Step } from './paging-record.ts';

/** Whom an incident paged, and why not more; apart from that, whom before it was opened again. */
export interface EscalationTold extends Explanation {
  readonly incident: IncidentId;
  /** Whether a provider has taken a page, also before it was opened again. */
  readonly isPaged: boolean;
  /** When a provider took one last since it was opened; absent when none did. */
  readonly lastPageAt?: Instant;
}

/** The escalation of an incident for everybody: what was planned, sent, refused and passed over, and what comes next. */
export function escalationTold(record: PagingRecord): EscalationTold {
  const { incident, pages, facts } = record;
  const told = facts.flatMap((fact) => reasonsOf(fact, record));
  const isQuiet = told.length === 0 && incident.state === 'triggered';
  const reasons: readonly Reason[] = [
    ...beforeTold(record),
    ...told,
    ...(isQuiet ? [quietText(record)] : []),
    ...comingOf(record),
  ];
  const sent = pages.flatMap((page) => (page.state === 'sent' ? [page.sentAt] : []));
  return {
    incident: incident.id,
    ...(sent.length > 0 && { lastPageAt: Math.max(...sent) }),
    isPaged: pages.some(({ state }) => state === 'sent') || wasPagedBefore(record),
    summary: summaryOf(record),
    steps: reasons.map(({ at, text, lines }): ExplainedStep => {
      return {
        about: 'page',
        basis: 'recorded',
        text,
        ...(at !== undefined && { at }),
        ...(lines && { lines }),
      };
    }),
  };
}

interface Reason extends PagingReason {
  readonly lines?: readonly string[];
}

/** What was paged before it was opened again, and when that was. */
function beforeTold(record: PagingRecord): readonly Reason[] {
  const again = openedAgain(record);
  if (!again) return [];
  const lines = beforeLines(record).map(
    ({ at, text }) => `${text}${at === undefined ? '' : ` (${utcText(at)} UTC)`}`,
  );
  return [
    {
      ...again,
      text: `It was opened again: what follows is since then. Before that, ${beforeWords(record)}`,
      ...(lines.length > 0 && { lines }),
    },
  ];
}

function reasonsOf(fact: LoggedFact, record: PagingRecord): readonly Reason[] {
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'incident.escalated':
      return [...passedOver(fact), stepTold(fact, record)];
    case 'incident.acknowledged':
      return [
        { at, text: `${actorText(fact.data.by ?? fact.actor)} acknowledged, which stopped the escalation.` },
      ];
    case 'incident.resolved':
      return [{ at, text: endWords(fact.data.reason === 'person' ? actorText(fact.actor) : undefined) }];
    default:
      return commonReasons(fact);
  }
}

const endWords = (by: string | undefined): string =>
  by === undefined
    ? 'No alert of it fired any more, so it was resolved, which stopped the escalation.'
    : `${by} resolved it, which stopped the escalation.`;

function stepTold(fact: Step, record: PagingRecord): Reason {
  const { step, targets } = fact.data;
  const own = record.pages.filter((page) => page.step === step);
  return {
    at: fact.occurredAt,
    text: `Step ${step} paged ${levelName(fact.data).toLowerCase()}: ${namesOf(targets, record)}.`,
    lines: own.map((page) => pageTold(page, record)),
  };
}

function pageTold(page: Delivery, { nameOf: called }: PagingRecord): string {
  const { at, text } = outcomeText(page);
  return `${called(page.person)}, ${text.charAt(0).toLowerCase()}${text.slice(1)}${at === undefined ? '' : ` (${utcText(at)} UTC)`}`;
}

function comingOf({ incident, held, waits = [] }: PagingRecord): readonly Reason[] {
  if (incident.state !== 'triggered' || !incident.next) return [];
  const { step, dueAt, heldBy } = incident.next;
  if (held) return [{ text: `Step ${step} ${heldWords(held)}, unless somebody acknowledges.` }];
  const kept =
    heldBy === undefined ? '' : ` ${holderName(heldBy)} keeps it back until then, as far as is known.`;
  const text = `Step ${step} is due at ${utcText(dueAt)} UTC, unless somebody acknowledges.${kept}`;
  return [{ text, ...(waits.length > 0 && { lines: waits }) }];
}

/** What keeps a step back, as people know it. */
const holderName = (heldBy: string): string =>
  heldBy.startsWith('inh_') ? 'An alert that mutes it' : heldBy;

function summaryOf(record: PagingRecord): string {
  const since = sinceWords(record);
  const told = currentWords(record);
  return since === undefined
    ? told
    : `${since.charAt(0).toUpperCase()}${since.slice(1)}, ${told} Before that, ${beforeWords(record)}`;
}

/** Whom it paged in its generation, or why nobody. */
function currentWords(record: PagingRecord): string {
  const { incident, facts, pages, nameOf: called } = record;
  const name = nameOf(incident);
  const reached = [...new Set(pages.flatMap((page) => (page.state === 'sent' ? [called(page.person)] : [])))];
  const [first] = pages
    .flatMap((page) => (page.state === 'sent' ? [page.sentAt] : []))
    .toSorted((a, b) => a - b);
  if (first !== undefined) return `${name} paged ${reached.join(', ')}, first at ${utcText(first)} UTC.`;
  const failed = pages.find((page) => page.state === 'failed');
  if (failed)
    return `${name} tried to page ${called(failed.person)}, and no provider took it: ${failed.reason}.`;
  if (pages.length > 0) return `${name} planned ${pages.length} pages, of which none was sent.`;
  if (facts.some(({ type }) => type === 'incident.escalated'))
    return `${name} found nobody who could be paged.`;
  return `${name} paged nobody: ${whyNobody(record)}`;
}

function whyNobody({ incident, facts, held: kept, waits = [] }: PagingRecord): string {
  const planned = facts.find(({ type }) => type === 'incident.opened' || type === 'incident.reopened');
  if (incident.deletedAt !== undefined) return 'it was deleted before a page was due.';
  const isPlanned = planned !== undefined && 'next' in planned.data && planned.data.next !== undefined;
  if (incident.state === 'triggered') {
    const { next } = incident;
    if (!next) return quietWords(incident);
    if (kept) return `its first page ${heldWords(kept)}.`;
    const held = next.heldBy === undefined ? '' : `, since ${holderName(next.heldBy)} keeps it back`;
    return [`its first page is due at ${utcText(next.dueAt)} UTC${held}.`, ...waits].join(' ');
  }
  if (!isPlanned)
    return `what opened it${incident.generation > 1 ? ' again' : ''} was recorded without a page (its severity or its rule says so, or it was over already).`;
  return incident.state === 'acknowledged'
    ? `${actorText(incident.acknowledgedBy)} acknowledged before a page was due.`
    : `it was ${isMerged(incident) ? 'merged' : 'over'} before a page was due.`;
}

function quietWords({ severity, urgency }: Incident): string {
  if (!needsHuman(severity)) return `it is ${severityText(severity)}, which is recorded and pages nobody.`;
  if (urgency === 'low') return 'it is of low urgency by its rules, which is recorded and pages nobody.';
  return 'no step of its escalation is planned.';
}
