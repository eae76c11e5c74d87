import type { ExplainedStep } from '../../alerts/index.ts';
import { exactly } from '../../kernel/index.ts';
import { occurrencesOf } from '../occurrence.ts';
import type { IncidentRecord } from './incident-record.ts';
import type { AlertIn, AlertsIn } from './members.ts';
import { countOf, heldBefore, timeWords } from './words.ts';

/** Alerts that are told of by name. */
const MOST_TOLD = 10;

/** Which alerts had fired long before they came in, since something had held them back until then. */
export function heldBeforeSteps({ heads }: IncidentRecord, { alerts }: AlertsIn): readonly ExplainedStep[] {
  const lines = alerts.flatMap((alert) => heldLine(alert, heads));
  if (lines.length === 0) return [];
  return [
    {
      ...{ about: 'alerts', basis: 'recorded' },
      text: `${countOf(lines.length, 'alert')} had been held back before ${lines.length === 1 ? 'it' : 'they'} came in, and ${lines.length === 1 ? 'counts' : 'count'} from then on.`,
      lines: lines.slice(0, MOST_TOLD),
      data: { heldBefore: lines.length },
    },
  ];
}

function heldLine({ entry }: AlertIn, heads: IncidentRecord['heads']): readonly string[] {
  const head = heads?.get(entry.fingerprint);
  const { suppressed } = head ?? {};
  if (!head || !suppressed?.released?.includes(entry.at)) return [];
  const own = occurrencesOf(head).find(({ from, to = entry.at }) => from < entry.at && entry.at <= to);
  return own === undefined
    ? []
    : [
        `“${entry.title}” fired at ${timeWords(own.from)}. ${heldBefore(suppressed.why)} until ${timeWords(entry.at)}, ${exactly(entry.at - own.from)} later.`,
      ];
}
