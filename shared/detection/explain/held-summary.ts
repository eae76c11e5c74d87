import { isWorse } from '../../alerts/index.ts';
import { isOpen, nameOf, severityText } from '../../incidents/index.ts';
import type { Match } from '../match.ts';
import { isHeldNow } from '../suppressed.ts';
import { alsoIn } from './also-in.ts';
import { heldWords } from './held-words.ts';
import type { AlertRecord } from './record.ts';
import type { Standing } from './standing.ts';

/** What is said in short of an alert whose last firing is held back; `inside` of the incident that it had come into before. */
export function heldSummary(
  record: AlertRecord,
  {
    match,
    standing,
    inside,
  }: { readonly match: Match; readonly standing: Standing; readonly inside: string },
): string {
  const held = record.head?.suppressed;
  const what = held ? heldWords(record, held) : 'Something holds it back';
  if (inside !== '')
    return `${what}. ${raiseWords(record, match, standing)}Before that it came into one: ${inside}`;
  return alsoIn(record, standing).length === 0
    ? `${what}. So it is in no incident and pages nobody.`
    : `${what}. So what it said last is in no incident.`;
}

/** Of an alert of an incident what it said since is held back alone; that it is more severe counts once that ends. */
function raiseWords({ head }: AlertRecord, { severity }: Match, { joined }: Standing): string {
  if (!head || !joined || !isHeldNow(head)) return '';
  const incident = joined.into ?? joined.incident;
  return incident && isOpen(incident) && isWorse(severity, incident.severity)
    ? `What is held back is that it is ${severityText(severity)} now: ${nameOf(incident)} is ${severityText(incident.severity)}, and becomes as severe if it still fires at the end of that. `
    : 'What is held back is what it said last; it stays in its incident. ';
}
