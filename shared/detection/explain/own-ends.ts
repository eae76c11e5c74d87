import type { ExplainedStep } from '../../alerts/index.ts';
import { exactly, SECOND } from '../../kernel/index.ts';
import type { IncidentRecord } from './incident-record.ts';
import type { AlertsIn } from './members.ts';
import { ruleWords, sentence, timeWords } from './words.ts';

/** Alerts that are told of by name. */
const MOST_TOLD = 5;

/** That alerts of an incident ended by themselves: whoever reads that it is over may take it for a recovery. */
export function ownEndSteps(
  { incident, rules = [] }: IncidentRecord,
  { alerts }: AlertsIn,
): readonly ExplainedStep[] {
  const lapsed = alerts.flatMap(({ last }) => (last.state === 'resolved' && last.lapsed ? [last] : []));
  if (lapsed.length === 0) return [];
  const rule = rules.find(({ id }) => id === incident.correlation?.rule);
  const quiet = rule?.actions.autoResolve;
  const more = lapsed.length - MOST_TOLD;
  const who =
    lapsed.length === alerts.length && lapsed.length > 1
      ? `All ${lapsed.length} alerts`
      : alerts.length === 1
        ? 'Its alert'
        : `${lapsed.length} of its ${alerts.length} alerts`;
  return [
    {
      about: 'history',
      basis: 'recorded',
      text: `${who} ended by ${lapsed.length === 1 ? 'itself' : 'themselves'}: nobody said that ${lapsed.length === 1 ? 'it' : 'they'} had cleared.${
        rule && quiet !== undefined
          ? ` ${sentence(ruleWords(rule))} ends an alert that is not told again for ${exactly(quiet * SECOND)}, unless its sender names an end.`
          : ''
      }`,
      lines: [
        ...lapsed.slice(0, MOST_TOLD).map(({ title, at }) => `“${title}” ended at ${timeWords(at)}.`),
        ...(more > 0 ? [`and ${more} more`] : []),
      ],
      data: { lapsed: lapsed.length },
    },
  ];
}
