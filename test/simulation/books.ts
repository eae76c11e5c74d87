import { packedIn, type Row } from '../../functions/aws/signals.ts';
import { type SignalsMessage, unpackLines } from '../../shared/alerts/index.ts';
import type { AlertHead, Guard, Occurrence } from '../../shared/detection/index.ts';
import type { Incident, LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant } from '../../shared/kernel/index.ts';
import type { Delivery } from '../../shared/on-call/index.ts';
import type { Change } from './engine/table-types.ts';

/** A mail that the provider took, and what it is about. */
export interface Mail {
  readonly token: string;
  readonly org: string;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly step: number;
  readonly person: string;
  readonly possiblyAgain: boolean;
  readonly at: Instant;
  /** The number of the invocation that sent it, which may not have heard that it was taken. */
  readonly by: number;
}

const steering: ReadonlySet<string> = new Set([
  'incident.resolved',
  'incident.reopened',
  'incident.severity-changed',
  'incident.deleted',
]);

/** What the table holds and what happened outside of it, as the invariants read it. */
export class Books {
  readonly incidents = new Map<IncidentId, Incident>();
  /** By incident and number. */
  readonly facts = new Map<IncidentId, Map<number, LoggedFact>>();
  readonly guards = new Map<string, Guard>();
  readonly heads = new Map<string, AlertHead>();
  readonly past = new Map<string, Map<Instant, Occurrence>>();
  /** By the key of the item. */
  readonly deliveries = new Map<string, Delivery & { readonly org: string; readonly incident: IncidentId }>();
  /** Deliveries that the provider refused at some time, by the key of the item. */
  readonly refused = new Set<string>();
  /** The step at which a delivery was marked as sent, by the key of the item. */
  readonly sentAt = new Map<string, number>();
  /** Alerts that a slot of a threshold listed at some time, as `org fingerprint`. */
  readonly counted = new Set<string>();
  /** Signals whose chunk is stored, as `receipt place`. */
  readonly kept = new Set<string>();
  readonly configured = new Map<string, { readonly version: number; readonly step: number }>();
  /** What the alert queue took, by receipt. */
  readonly queued = new Map<string, SignalsMessage>();
  /** Receipts whose senders were told that they are taken. */
  readonly accepted = new Set<string>();
  /** Items that the sweep has to see done: minutes that are to be counted, messages beside the queue. */
  readonly owed = new Set<string>();
  readonly mails: Mail[] = [];
  /** The step at which an incident was last changed. */
  readonly movedAt = new Map<IncidentId, number>();

  /** Whether a person changed what else only alerts decide. */
  isSteered = false;

  /** Takes in one change of the table. */
  take({ key, after }: Change, step: number): void {
    const row = after as Record<string, unknown> | undefined;
    switch (row?.kind) {
      case 'incident':
        this.takeIncident(row as unknown as Incident, step);
        break;
      case 'fact':
        this.takeFact(row as unknown as LoggedFact);
        break;
      case 'guard':
        this.guards.set(key.pk, row as unknown as Guard);
        break;
      case 'alert':
        this.heads.set(key.pk, row as unknown as AlertHead);
        break;
      case 'occurrence':
        this.takePast(row as unknown as Occurrence & { readonly fingerprint: string });
        break;
      case 'delivery':
        this.takeDelivery(`${key.pk} ${key.sk}`, row as unknown as Delivery, key.pk, step);
        break;
      case 'parked':
        this.takeMessage(JSON.parse(String(row.body)) as SignalsMessage);
        this.owe(`${key.pk} ${key.sk}`, row);
        break;
      case 'signals':
        for (const { from, place } of unpackLines(packedIn(row as unknown as Row)))
          this.kept.add(`${from.receipt} ${place}`);
        break;
      default:
        this.takeOther(key, row, step);
    }
  }

  /** A message of signals is stored, in the queue or beside it. */
  takeMessage(message: SignalsMessage): void {
    this.queued.set(message.receipt, message);
  }

  factsOf(incident: IncidentId): readonly LoggedFact[] {
    return [...(this.facts.get(incident)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }

  private takeIncident(row: Incident, step: number): void {
    this.incidents.set(row.id, row);
    this.movedAt.set(row.id, step);
  }

  private takeFact(fact: LoggedFact): void {
    const log = this.facts.get(fact.incidentId) ?? new Map<number, LoggedFact>();
    this.facts.set(fact.incidentId, log.set(fact.seq, fact));
    if (fact.actor.kind !== 'system' && steering.has(fact.type)) this.isSteered = true;
  }

  private takePast(row: Occurrence & { readonly fingerprint: string }): void {
    const rows = this.past.get(row.fingerprint) ?? new Map<Instant, Occurrence>();
    this.past.set(row.fingerprint, rows.set(row.from, row));
  }

  private takeDelivery(name: string, delivery: Delivery, pk: string, step: number): void {
    const [, org = '', , incident = ''] = pk.split('#');
    if (delivery.state === 'sent') this.sentAt.set(name, step);
    if (delivery.state === 'failed' && delivery.refused) this.refused.add(name);
    this.deliveries.set(name, { ...delivery, org, incident: incident as IncidentId });
  }

  private owe(name: string, row: object | undefined): void {
    if (row) this.owed.add(name);
    else this.owed.delete(name);
  }

  private takeOther({ pk, sk }: Change['key'], row: Record<string, unknown> | undefined, step: number): void {
    const [, org = '', kind] = pk.split('#');
    if (!pk.startsWith('O#')) return;
    if (kind === 'W')
      for (const fingerprint of Object.keys(row?.alerts ?? {})) this.counted.add(`${org} ${fingerprint}`);
    if (kind === 'PARKED' || (kind === 'S' && pk.split('#').length === 3)) this.owe(`${pk} ${sk}`, row);
    if (kind === 'CFG' && sk === 'HEAD' && row)
      this.configured.set(org, { version: Number(row.version), step });
    if (kind === 'A' && sk.startsWith('OC#') && !row)
      this.past.get(pk.split('#')[3] ?? '')?.delete(Number(sk.slice('OC#'.length)));
  }
}
