import type { ExplainedStep, Explanation } from '../alerts/index.ts';
import { actorText, type LoggedFact, nameOf } from '../incidents/index.ts';
import { type IncidentId, type Instant, utcText } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import { heldWords, holderName } from './held-words.ts';
import { noMorePages } from './no-more-pages.ts';
import { outcomeText } from './outcome-text.ts';
import {
  beforeLines,
  beforeWords,
  openedAgain,
  sinceWords,
  splitReasons,
  splitWords,
  wasPaged,
} from './paged-before.ts';
import { commonReasons, namesOf, passedOver, quietText, resolvedText } from './paging.ts';
import { levelName, type PagingReason, type PagingRecord, type Step } from './paging-record.ts';
import { hasPages, policyName, policyWords } from './policy-words.ts';
import { takenText, whyNobody } from './why-nobody.ts';

/** Whom an incident paged, and why not more; apart from that, whom before it was opened again. */
export interface EscalationTold extends Explanation {
  readonly incident: IncidentId;
  /** Whether a provider has taken a page, also before it was opened again, or was split off. */
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
    ...policyTold(record),
    ...splitReasons(record),
    ...beforeTold(record),
    ...told,
    ...(isQuiet ? [quietText(record)] : []),
    ...comingOf(record),
  ];
  const sent = pages.flatMap((page) => (page.state === 'sent' ? [page.sentAt] : []));
  return {
    incident: incident.id,
    ...(sent.length > 0 && { lastPageAt: Math.max(...sent) }),
    isPaged:
      pages.some(({ state }) => state === 'sent') || wasPaged(record.before) || wasPaged(record.splitFrom),
    summary: summaryOf(record),
    steps: reasons.map(({ at, text, lines, basis = 'recorded' }): ExplainedStep => {
      return {
        about: 'page',
        basis,
        text,
        ...(at !== undefined && { at }),
        ...(lines && { lines }),
      };
    }),
  };
}

interface Reason extends PagingReason {
  readonly lines?: readonly string[];
  readonly basis?: ExplainedStep['basis'];
}

/** By which policy it pages, as that is configured now. */
const policyTold = (record: PagingRecord): readonly Reason[] =>
  hasPages(record) ? [{ text: policyWords(record), basis: 'recomputed' }] : [];

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
        {
          at,
          text:
            takenText(fact, record) ??
            `${actorText(fact.data.by ?? fact.actor)} acknowledged, which stopped the escalation.`,
        },
      ];
    case 'incident.resolved':
      return [{ at, text: resolvedText(fact) }];
    default:
      return commonReasons(fact, record);
  }
}

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

function comingOf(record: PagingRecord): readonly Reason[] {
  const { incident, held, waits = [] } = record;
  if (incident.state !== 'triggered') return [];
  if (!incident.next) return incident.step === 0 ? [] : [{ text: noMorePages(incident, record) }];
  const { step, dueAt, heldBy } = incident.next;
  if (held) return [{ text: `Step ${step} ${heldWords(held)}, unless somebody acknowledges.` }];
  const kept =
    heldBy === undefined ? '' : ` ${holderName(heldBy)} keeps it back until then, as far as is known.`;
  // What passes over levels stands for their steps as well, so numbers may be missing.
  const follows =
    incident.step > 0 && step > incident.step + 1
      ? ` It follows step ${incident.step}; the levels whose steps would come between are passed over.`
      : '';
  const text = `Step ${step} is due at ${utcText(dueAt)} UTC, unless somebody acknowledges.${follows}${kept}`;
  return [{ text, ...(waits.length > 0 && { lines: waits }) }];
}

function summaryOf(record: PagingRecord): string {
  const since = sinceWords(record);
  const told = currentWords(record);
  const split = splitWords(record);
  const before = split === undefined ? '' : ` ${split}`;
  return since === undefined
    ? `${told}${before}`
    : `${since.charAt(0).toUpperCase()}${since.slice(1)}, ${told} Before that, ${beforeWords(record)}${before}`;
}

/** Whom it paged in its generation, or why nobody. */
function currentWords(record: PagingRecord): string {
  const { incident, facts, pages, nameOf: called } = record;
  const name = nameOf(incident);
  const reached = [...new Set(pages.flatMap((page) => (page.state === 'sent' ? [called(page.person)] : [])))];
  const [first] = pages
    .flatMap((page) => (page.state === 'sent' ? [page.sentAt] : []))
    .toSorted((a, b) => a - b);
  const by = record.policy ? `, by ${policyName(record.policy)}` : '';
  if (first !== undefined) return `${name} paged ${reached.join(', ')}, first at ${utcText(first)} UTC${by}.`;
  const failed = pages.find((page) => page.state === 'failed');
  if (failed)
    return `${name} tried to page ${called(failed.person)}, and no provider took it: ${failed.reason}.`;
  if (pages.length > 0) return `${name} planned ${pages.length} pages, of which none was sent.`;
  if (facts.some(({ type }) => type === 'incident.escalated'))
    return `${name} found nobody who could be paged.`;
  return `${name} paged nobody: ${whyNobody(record)}`;
}
