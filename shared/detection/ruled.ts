import type { Subject } from '../alerts/index.ts';
import type { AlertHead } from './alert-head.ts';
import { type Match, matchRule, type Received } from './match.ts';
import type { Rule } from './rule.ts';
import { UNSAID } from './rules/asked.ts';
import { subjectOf } from './suppression.ts';

/** The newest firing of an alert, put together from what its head keeps: its description is missing, and what it had no room for. */
export function firingIn(head: AlertHead): Received {
  const { fingerprint, labels, integration, source, title, service, severity } = head;
  const at = head.firings.at(-1) ?? 0;
  return {
    signal: {
      ...{ fingerprint, state: 'firing', at, labels, links: [], flags: [] },
      ...(title !== undefined && { title }),
      ...(service !== undefined && { service }),
      ...(severity !== undefined && { severity }),
    },
    from: { receipt: '', receivedAt: at, integration, source },
  };
}

/** What rules leave of an alert for silences, incidents and pages; its own title and service count where they set none. */
export type Ruled = Pick<Match, 'severity' | 'title' | 'service'>;

/** What these rules leave of a firing. */
export const ruledBy = (rules: readonly Rule[], firing: Received): Ruled =>
  setsAny(rules) ? matchRule(rules, firing) : { severity: firing.signal.severity ?? UNSAID };

/** What matchers see of a firing that these rules had their say in. */
export const subjectUnder = (rules: readonly Rule[], firing: Received): Subject =>
  subjectOf(firing, ruledBy(rules, firing));

const setting = new WeakMap<readonly Rule[], boolean>();

/** Whether any says something of alerts: else none has to be asked, and ten thousand need not be made ready for it. */
function setsAny(rules: readonly Rule[]): boolean {
  const known = setting.get(rules);
  if (known !== undefined) return known;
  const sets = rules.some(({ conditions, actions: { set } }) => {
    const { severity, title, service } = set ?? {};
    return [conditions.severity, severity, title, service].some((one) => one !== undefined);
  });
  setting.set(rules, sets);
  return sets;
}
