import type { ExplainedStep } from '../../alerts/index.ts';
import type { Match } from '../match.ts';
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

/** What the rule says of when its alerts page. */
function holdLines({ minDuration, cooldown, isLow }: Match): readonly string[] {
  return [
    ...(minDuration === undefined
      ? []
      : [`The rule pages only for an alert that has gone on for ${apartWords(0, minDuration)}.`]),
    ...(cooldown === undefined
      ? []
      : [`The rule pages no more for ${apartWords(0, cooldown)} after a page of the same group.`]),
    ...(isLow ? ['The rule gives it low urgency: it is recorded and pages nobody.'] : []),
  ];
}
