import type { ExplainedStep } from '../../alerts/index.ts';
import type { Incident } from '../../incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../../kernel/index.ts';
import type { Match } from '../match.ts';
import type { Rule } from '../rule.ts';
import type { AlertRecord } from './record.ts';
import type { Standing } from './standing.ts';
import { apartWords, ruleWords, sentence, timeWords } from './words.ts';

/** Who was paged for an alert, or why nobody was. */
export function pageSteps(
  { paging, now }: AlertRecord,
  match: Match,
  { joined }: Standing,
): readonly ExplainedStep[] {
  if (!joined)
    return [{ about: 'page', basis: 'recomputed', text: 'Nobody was paged for it: only an incident pages.' }];
  const holds = holdLines(match);
  const { pageAt } = joined.membership;
  if (pageAt === undefined && holds.length === 0) return paging?.steps ?? [];
  const text =
    pageAt === undefined
      ? `${sentence(ruleWords(match.rule))} has a say in when pages are sent.`
      : `A page because of it ${pageAt > now ? 'is' : 'was'} held until ${timeWords(pageAt)}.`;
  const why = holds.length > 0 ? holds : [QUEUED];
  return [
    {
      ...{ about: 'page', basis: pageAt === undefined ? 'recomputed' : 'recorded', text, lines: why },
      ...(pageAt !== undefined && { at: pageAt }),
    },
    ...(paging?.steps ?? []),
  ];
}

const QUEUED =
  'Much waited to be decided then, and its end might have been among that; or its end had come, and it was asked whether it goes on.';

/** What a rule wants of when its alerts page. */
export interface PageHolds {
  readonly minDuration?: Duration | undefined;
  readonly cooldown?: Duration | undefined;
}

/** What the rule says of when its alerts page. */
function holdLines(match: Match): readonly string[] {
  return [
    ...waitLines('The rule', match),
    ...(match.isLow ? ['The rule gives it low urgency: it is recorded and pages nobody.'] : []),
  ];
}

const waitLines = (who: string, { minDuration, cooldown }: PageHolds): readonly string[] => [
  ...(minDuration === undefined
    ? []
    : [`${who} pages only for an alert that has gone on for ${apartWords(0, minDuration)}.`]),
  ...(cooldown === undefined
    ? []
    : [`${who} pages no more for ${apartWords(0, cooldown)} after a page of the same group.`]),
];

/** Why a first page that is due later waits: what the rule wants that opened the incident, as far as these rules have it still. */
export function pageWaits(incident: Incident, rules: readonly Rule[], now: Instant): readonly string[] {
  if (incident.state !== 'triggered' || incident.step > 0 || !incident.next || incident.next.dueAt <= now)
    return [];
  const rule = rules.find(({ id }) => id === incident.correlation?.rule);
  if (!rule) return [];
  const { minDuration } = rule.conditions;
  const { cooldown } = rule.actions;
  return waitLines(sentence(ruleWords(rule)), {
    minDuration: minDuration && minDuration * SECOND,
    cooldown: cooldown && cooldown * SECOND,
  });
}
