import type { IncidentId, Instant } from '../../kernel/index.ts';
import { type AlertHead, stateOf } from '../alert-head.ts';
import type { Settle } from '../decision.ts';
import { calmAt, type FlappingSettings } from '../flapping.ts';
import { type Guard, windowOf } from '../guard.ts';
import { occurrencesOf } from '../occurrence.ts';
import { decideSettle, isDecisive, isHere, type Settled } from '../settle.ts';
import { placedOccurrences } from '../suppressed.ts';
import type { Membership } from './membership.ts';

/** What a look at an incident is made from. */
interface Known {
  readonly heads: ReadonlyMap<string, AlertHead>;
  readonly membership: Membership;
  readonly flapping: FlappingSettings | undefined;
}

/** What came of a look: something to write, or when to look again; undefined when nothing is to be done. */
export type Look = { readonly settled: Settled } | { readonly again: Settle };

/**
 * Looks whether incidents are over. Every resolve asks for that, and a look asks after all alerts of the incident: so one at which
 * nothing changed since the look before is not looked at. A storm that ends would be looked at as often as it has alerts.
 */
export class Settling {
  readonly #known: Known;
  /** Incidents at which nothing changed since a look, and until when that had to wait, if it had to. */
  readonly #looked = new Map<IncidentId, Instant | undefined>();

  constructor(known: Known) {
    this.#known = known;
  }

  look(guard: Guard, settle: Settle, incident: IncidentId, now: Instant): Look | undefined {
    if (this.#looked.has(incident) && (this.#looked.get(incident) ?? Number.POSITIVE_INFINITY) > now)
      return undefined;
    const heads = this.#members(guard, incident);
    const settled = decideSettle(guard, { ...settle, incident }, heads, now);
    const until = settled?.command?.do === 'resolve' ? calmAt(heads, now, this.#known.flapping) : undefined;
    if (settled && until === undefined) return { settled };
    this.#looked.set(incident, until);
    return until === undefined ? undefined : { again: { ...settle, notBefore: until } };
  }

  /** What is looked at anew because a head changed. */
  head(before: AlertHead | undefined, after: AlertHead): void {
    const { membership } = this.#known;
    if (before && isAlike(before, after)) return;
    for (const incident of membership.incidentsOf(after.fingerprint)) this.#looked.delete(incident);
  }

  /** The same because an incident or its guard changed. */
  incident(incident: IncidentId): void {
    this.#looked.delete(this.#known.membership.keptOf(incident));
  }

  /** One that decides is enough, and mostly the one that did before still does. */
  #members(guard: Guard, incident: IncidentId): readonly AlertHead[] {
    const { heads, membership } = this.#known;
    const window = windowOf(guard, incident);
    const decides = (fingerprint: string): boolean => {
      const head = heads.get(fingerprint);
      if (!window || !head || !isHere(guard, window, head)) return false;
      return stateOf(head) !== 'resolved' && isDecisive(guard, window, head);
    };
    const decisive = window?.to === undefined && membership.find(incident, decides);
    const members = decisive ? [decisive] : membership.of(incident);
    return members
      .flatMap((one) => heads.get(one) ?? [])
      .filter((head) => window === undefined || isHere(guard, window, head));
  }
}

/** Whether two heads say the same of when their alert fired and where it belongs. */
const isAlike = (before: AlertHead, after: AlertHead): boolean => said(before) === said(after);

const said = (head: AlertHead): string =>
  JSON.stringify([occurrencesOf(head), placedOccurrences(head), head.routes, head.pin, head.memberships]);
