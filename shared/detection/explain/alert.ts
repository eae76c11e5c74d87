import type { ExplainedStep, Explanation } from '../../alerts/index.ts';
import { nameOf } from '../../incidents/index.ts';
import type { Match, Received } from '../match.ts';
import { explainMatch } from '../rules/explain.ts';
import { correlationStep } from './correlation.ts';
import { quietStep } from './quiets.ts';
import { countsAt, receivedStep } from './received.ts';
import type { AlertOutcome, AlertRecord } from './record.ts';
import { groupingStep, rulesStep } from './rules.ts';
import { type Standing, standingOf } from './standing.ts';
import { windowStep } from './window.ts';
import { ruleWords, timeWords } from './words.ts';

/** Why an alert is in an incident or not, and why somebody was paged for it or not. */
export interface AlertExplanation extends Explanation {
  readonly outcome: AlertOutcome;
  /** Whether a page for the incident that it is in was taken by a provider. */
  readonly isPaged: boolean;
}

/** Explains what became of the last firing of an alert, from what is recorded; what is worked out again says so. */
export function explainAlert(record: AlertRecord): AlertExplanation {
  const { told } = record;
  if (!told) return neverFired(record);
  const firing = { ...told, signal: { ...told.signal, at: countsAt(record, told) } } satisfies Received;
  const explained = explainMatch(record.rules.rules, firing);
  const { match } = explained;
  const standing = standingOf(record, match, firing.signal.at);
  const isPaged = standing.joined !== undefined && record.paging?.isPaged === true;
  return {
    outcome: standing.outcome,
    isPaged,
    summary: summaryOf(record, match, standing),
    steps: [
      receivedStep(record, told),
      rulesStep(record, firing, explained),
      ...(match.does === 'open' ? [groupingStep(match), quietStep(record, match, firing)] : []),
      ...(match.does === 'open' || standing.joined ? [correlationStep(record, match, standing)] : []),
      windowStep(record, told, match, standing),
      ...pageSteps(record, standing),
    ],
  };
}

function neverFired({ head, now }: AlertRecord): AlertExplanation {
  const [summary, at] = [
    'Nothing is known of it but that it ended: no firing of it was ever received, so there is nothing to page about.',
    head?.resolves.at(-1),
  ];
  const step: ExplainedStep = {
    ...{ about: 'received', basis: 'recorded', text: 'Only its end was heard of. A firing that comes late is over already and pages nobody.' },
    at: at ?? now,
  };
  return { outcome: 'over', isPaged: false, summary, steps: [step] };
}

/** Who was paged for it, or why nobody was. */
function pageSteps({ paging, now }: AlertRecord, { joined }: Standing): readonly ExplainedStep[] {
  if (!joined)
    return [{ about: 'page', basis: 'recomputed', text: 'Nobody was paged for it: only an incident pages.' }];
  const { pageAt } = joined.membership;
  const held: readonly ExplainedStep[] =
    pageAt === undefined
      ? []
      : [
          {
            about: 'page',
            basis: 'recorded',
            at: pageAt,
            text: `A page because of it ${pageAt > now ? 'is' : 'was'} held until ${timeWords(pageAt)}: by its rule, or since much waited to be decided and its end might have been among that.`,
          },
        ];
  return [...held, ...(paging?.steps ?? [])];
}

function summaryOf(record: AlertRecord, match: Match, standing: Standing): string {
  const { joined, outcome } = standing;
  const held = record.head?.suppressed;
  const inside = joined ? `${placeWords(joined)} ${pageWords(record)}` : '';
  switch (outcome) {
    case 'silence':
    case 'maintenance':
      return `${held?.why ?? 'Something holds it back'}, until ${timeWords(held?.until ?? record.now)}. ${inside === '' ? 'So it is in no incident and pages nobody.' : `Before that, ${inside}`}`;
    case 'suppressed':
      return `It is recorded without an incident, as ${ruleWords(match.rule)} says, so it pages nobody.`;
    case 'dropped':
      return `It was counted and dropped, as ${ruleWords(match.rule)} says, so it pages nobody.`;
    case 'waiting':
      return `It pages nobody yet: ${ruleWords(match.rule)} waits until more alerts fire close together.`;
    case 'incident':
      return inside;
    default:
      return 'It is in no incident, and pages nobody.';
  }
}

function placeWords({ incident, into, membership }: NonNullable<Standing['joined']>): string {
  const why = membership.why;
  if (!incident) return `it is in an incident that was deleted (${why}).`;
  const merged = into ? `, which was merged into ${nameOf(into)}` : '';
  return `it is in ${nameOf(incident)}${merged}. ${why}.`;
}

const pageWords = ({ paging }: AlertRecord): string => paging?.summary ?? 'Nothing is recorded of pages.';

