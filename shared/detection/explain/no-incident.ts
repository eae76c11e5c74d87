import type { ExplainedStep } from '../../alerts/index.ts';
import { DAY, exactly, type Instant, MINUTE, SECOND } from '../../kernel/index.ts';
import { stateOf } from '../alert-head.ts';
import type { Match } from '../match.ts';
import { isCounting, type Rule } from '../rule.ts';
import { knows } from '../suppressed.ts';
import { firingsOf, mostAround, thresholdOf } from '../threshold.ts';
import { movedLines } from './moved.ts';
import { countsAt, countsWithOthersAt } from './received.ts';
import type { AlertRecord, Told } from './record.ts';
import type { Standing } from './standing.ts';
import { apartWords, ended, timeWords } from './words.ts';

/** What became of a firing that came into no incident. */
export interface NoIncident {
  readonly text: string;
  readonly lines?: readonly string[];
  readonly data?: NonNullable<ExplainedStep['data']>;
}

/** Why a firing came into no incident. */
export function noIncident(
  record: AlertRecord,
  told: Told,
  match: Match,
  outcome: Standing['outcome'],
): NoIncident {
  switch (outcome) {
    case 'silence':
    case 'maintenance':
    case 'inhibition':
      return {
        text: `It came into no incident, because it ${isOver(record) ? 'was held back until it ended' : 'is held back. If it still fires at the end of that, it is placed then'}.`,
      };
    case 'suppressed':
      if (record.head?.ruledOut)
        return {
          text: `It came into no incident, since a rule records it without one: ${ended(record.head.ruledOut.why)}`,
          lines: movedLines(record.head, told, 'recorded'),
        };
      return {
        text: `It came into no incident, because rule '${match.rule.name}' records what it matches without one.`,
      };
    case 'dropped':
      return { text: `It came into no incident, because rule '${match.rule.name}' drops what it matches.` };
    case 'waiting':
      return waiting(record, told, match);
    default:
      return { text: undecided(record, told) };
  }
}

/** Whether the alert has ended. */
const isOver = ({ head }: AlertRecord): boolean => head !== undefined && stateOf(head) === 'resolved';

/** So long after its receipt an alert is decided mostly. */
const SOON = 2 * MINUTE;

/** What waits for longer is not waiting any more. */
const LONGEST_WAIT = 4 * DAY;

function undecided(record: AlertRecord, told: Told): string {
  const { head, now } = record;
  const at = countsAt(record, told);
  const isDecided = head !== undefined && knows(head, at);
  if (head?.letGo?.firing === at && isOver(record))
    return `It came into no incident: it was held back until ${timeWords(head.letGo.at)}, and had ended by then.`;
  if (isDecided || now - told.from.receivedAt > LONGEST_WAIT)
    return 'It is in no incident, and nothing on record says why. The rules may have changed since it was decided.';
  return now - told.from.receivedAt < SOON
    ? 'It was received only just now; what becomes of it is being decided.'
    : `It was received ${apartWords(told.from.receivedAt, now)} ago, and is not decided yet: much may wait to be.`;
}

function waiting(record: AlertRecord, told: Told, { rule }: Match): NoIncident {
  if (!isCounting(rule)) return { text: UNCOUNTED };
  const { threshold, members, timeWindow } = rule.conditions;
  const enough = members?.atLeast ?? threshold;
  const at = countsWithOthersAt(record, told);
  const count = mostAround(firingsOf(record.slots), thresholdOf(rule), at);
  const noun = members ? 'member' : 'distinct alert';
  const within = exactly(timeWindow * SECOND);
  const asked = `${enough} ${noun}s that rule '${rule.name}' asks for`;
  const until = at + timeWindow * SECOND;
  const isOut = record.now > until;
  return {
    text: isOut
      ? `It waited until ${timeWords(until)}: no more than ${count} of the ${asked} fired within ${within}, so what fires now is counted without it.`
      : `It waits: ${count} of the ${asked} fired within ${within} so far.`,
    lines: waitingLines(record, rule, until),
    data: { counted: count, of: enough, timeWindowSeconds: timeWindow },
  };
}

const UNCOUNTED =
  'It waited for others of a rule that is not in force any more: where it goes by the rules of now is looked at within three minutes after such a change.';

/** Until when it counts for others, and whether it still waits for what can come. */
function waitingLines({ now, today }: AlertRecord, rule: Rule, until: Instant): readonly string[] {
  const isInForce = today.rules.some(({ id, enabled }) => enabled && id === rule.id);
  return [
    now <= until
      ? `It counts with what fires until ${timeWords(until)}.`
      : `Its time ended at ${timeWords(until)}: what fires later is counted without it, until it is told again.`,
    ...(isInForce
      ? []
      : [
          `Rule '${rule.name}' is not in force any more: where it goes by the rules of now is looked at within three minutes after such a change.`,
        ]),
  ];
}
