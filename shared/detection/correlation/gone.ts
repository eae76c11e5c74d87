import type { Incident } from '../../incidents/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Rule } from '../rule.ts';
import { firingIn, ruledBy } from '../ruled.ts';

/** The services that an alert may count for: as its source says, and as the rules do. */
export function servicesOf(rules: readonly Rule[], head: AlertHead): readonly string[] {
  const { service } = ruledBy(rules, firingIn(head));
  return [...new Set([head.service, service])].filter((one) => one !== undefined);
}

/** Whose services are asked for: of the alerts that leave an incident, and of those that stay. */
export interface Parting {
  readonly leaving: ReadonlySet<string>;
  readonly staying: ReadonlySet<string>;
}

/**
 * The services that an incident has to do with no more when alerts leave it: those that it had reached, and the one that it seemed
 * to come from where no alert of that is left, or only alerts of one service, which say nothing of another one.
 */
export function goneBy(
  { reached = [], origin }: Pick<Incident, 'reached' | 'origin'>,
  { leaving, staying }: Parting,
): readonly string[] {
  const isGone = (one: string) => leaving.has(one) && !staying.has(one);
  const isOneLeft = staying.size < 2 && [...leaving].some(isGone);
  const isBaseless = origin !== undefined && !staying.has(origin) && (isGone(origin) || isOneLeft);
  return [...new Set([...reached.filter(isGone), ...(isBaseless ? [origin] : [])])];
}

/** Whether no further alert that stays can change what is gone. */
export const isDecidedBy = (source: Pick<Incident, 'reached' | 'origin'>, parting: Parting): boolean =>
  goneBy(source, parting).length === 0;
