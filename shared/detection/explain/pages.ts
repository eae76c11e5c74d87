import type { ExplainedStep } from '../../alerts/index.ts';
import { type Incident, type LoggedFact, nameOf, needsHuman } from '../../incidents/index.ts';
import { type Duration, exactly, type Instant, SECOND } from '../../kernel/index.ts';
import type { Rule } from '../rule.ts';
import type { Explained } from '../rules/explain.ts';
import { mergedPageSteps } from './merged-pages.ts';
import type { AlertRecord } from './record.ts';
import type { Standing } from './standing.ts';
import { ruleWords, sentence, timeWords } from './words.ts';

/** Who was paged for an alert, or why nobody was. */
export function pageSteps(
  record: AlertRecord,
  explained: Explained,
  { joined }: Standing,
): readonly ExplainedStep[] {
  const { paging, now } = record;
  if (!joined)
    return [{ about: 'page', basis: 'recomputed', text: 'Nobody was paged for it: only an incident pages.' }];
  const holds = holdLines(record, explained, joined.into ?? joined.incident);
  // What is recorded, or of low urgency, has no page of its own that could be held.
  const { isLow = false, severity } = explained.match;
  const pageAt = isLow || !needsHuman(severity) ? undefined : joined.membership.pageAt;
  const steps = [...mergedPageSteps(record.pagedBefore), ...(paging?.steps ?? [])];
  if (pageAt === undefined && holds.length === 0) return steps;
  const text =
    pageAt === undefined
      ? 'Its rules have a say in when pages are sent.'
      : holdWords(pageAt, joined.into ?? joined.incident, now);
  const why = holds.length > 0 ? holds : [QUEUED];
  return [
    {
      ...{ about: 'page', basis: pageAt === undefined ? 'recomputed' : 'recorded', text, lines: why },
      ...(pageAt !== undefined && { at: pageAt }),
    },
    ...steps,
  ];
}

/** Until when a page because of it is held, or was; or what came before that. */
function holdWords(pageAt: Instant, incident: Incident | undefined, now: Instant): string {
  const until = `held until ${timeWords(pageAt)}`;
  if (pageAt <= now) return `A page because of it was ${until}.`;
  const was = `A page because of it was to be ${until}`;
  if (!incident) return `${was}; its incident was deleted before that.`;
  const name = nameOf(incident);
  if (incident.state === 'triggered')
    return incident.step === 0
      ? `A page because of it is ${until}.`
      : `${was}; ${name} had paged before that, or because of another alert.`;
  if (incident.state === 'acknowledged')
    return `${was}; ${name} was acknowledged before that, at ${timeWords(incident.acknowledgedAt)}.`;
  return `${was}; ${name} was over before that, at ${timeWords(incident.resolvedAt)}, so nobody is paged for it.`;
}

const QUEUED =
  'Much waited to be decided then, and its end might have been among that; or its end had come, and it was asked whether it goes on.';

/** What a rule wants of when its alerts page. */
export interface PageHolds {
  readonly minDuration?: Duration | undefined;
  readonly cooldown?: Duration | undefined;
}

/** What its rules say of when it pages, each by the rule that says so: one before the rule that decides may have. */
function holdLines(
  { rules: { rules } }: AlertRecord,
  { match, tried }: Explained,
  incident: Incident | undefined,
): readonly string[] {
  const { minDuration, cooldown, isLow } = match;
  const fitting = new Set(tried.filter(({ outcome }) => outcome !== 'no').map(({ rule }) => rule));
  const sayer = (says: (rule: Rule) => unknown): string =>
    sentence(
      ruleWords(rules.findLast((rule) => fitting.has(rule.id) && says(rule) !== undefined) ?? match.rule),
    );
  return [
    ...waitLines(
      sayer(({ conditions }) => conditions.minDuration),
      { minDuration },
    ),
    ...waitLines(sentence(ruleWords(match.rule)), { cooldown }),
    ...(isLow
      ? [`${sayer(({ actions }) => actions.urgency)} gives it low urgency: ${lowWords(incident)}.`]
      : []),
  ];
}

/** What its low urgency comes to in its incident: others may be there that page. */
const lowWords = (incident: Incident | undefined): string =>
  incident === undefined || incident.urgency === 'low'
    ? 'it pages nobody, unless an alert of normal urgency joins its incident'
    : 'it pages nobody by itself, but its incident is of normal urgency';

const waitLines = (who: string, { minDuration, cooldown }: PageHolds): readonly string[] => [
  ...(minDuration === undefined
    ? []
    : [`${who} pages only for an alert that has gone on for ${exactly(minDuration)}.`]),
  ...(cooldown === undefined
    ? []
    : [
        `${who} pages no more for ${exactly(cooldown)} after a page of the same group, except about what is more severe.`,
      ]),
];

/**
 * Why a first page waits that is due later, or waited until all was over: what its opening tells of it, and what the rule wants that opened
 * it, as far as these rules have it still.
 */
export function pageWaits(
  incident: Incident,
  facts: readonly LoggedFact[],
  rules: readonly Rule[],
  now: Instant,
): readonly string[] {
  if (!waitsForPage(incident, facts, now)) return [];
  const rule = rules.find(({ id }) => id === incident.correlation?.rule);
  const lasting = facts.flatMap((fact) => (fact.type === 'incident.opened' ? (fact.data.lasting ?? []) : []));
  const minDuration = rule?.conditions.minDuration;
  const cooldown = rule?.actions.cooldown;
  return [
    ...lasting.flatMap(lastingLines),
    ...(rule
      ? waitLines(sentence(ruleWords(rule)), {
          minDuration: lasting.length === 0 && minDuration ? minDuration * SECOND : undefined,
          cooldown: cooldown && cooldown * SECOND,
        })
      : []),
  ];
}

function waitsForPage(incident: Incident, facts: readonly LoggedFact[], now: Instant): boolean {
  if (incident.state === 'triggered')
    return incident.step === 0 && incident.next !== undefined && incident.next.dueAt > now;
  const planned = facts.findLast(({ type }) => type === 'incident.opened' || type === 'incident.reopened');
  const next = planned && 'next' in planned.data ? planned.data.next : undefined;
  const isPaged = facts.some(({ type }) => type === 'incident.escalated');
  return !isPaged && next !== undefined && planned !== undefined && next.dueAt > planned.recordedAt;
}

/** Why the first page was planned for later, by the fact that tells so. */
export const lastingLines = ({ rule, minDuration }: Lasting): readonly string[] =>
  waitLines(`Rule '${rule}'`, { minDuration });

type Lasting = NonNullable<Extract<LoggedFact, { type: 'incident.opened' }>['data']['lasting']>;
