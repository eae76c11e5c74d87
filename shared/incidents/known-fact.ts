import type { LoggedFact } from './facts.ts';
import type { FactView } from './view.ts';

/** What the API makes of a fact's data: the same, but for times, which are text. */
type OnWire<Data> = Data extends object
  ? { readonly [Key in keyof Data]: Key extends 'at' | 'dueAt' ? string : OnWire<Data[Key]> }
  : Data;

type Known<Fact> = Fact extends { readonly type: infer Type; readonly data: infer Data }
  ? Omit<FactView, 'type' | 'data'> & { readonly type: Type; readonly data: OnWire<Data> }
  : never;

/** A fact of a type that this program knows, as the API shows it. */
export type KnownFact = Known<LoggedFact>;

const types: Readonly<Record<KnownFact['type'], true>> = {
  'incident.opened': true,
  'incident.acknowledged': true,
  'incident.escalated': true,
  'incident.brought-forward': true,
  'incident.put-off': true,
  'incident.severity-changed': true,
  'incident.mitigated': true,
  'incident.renamed': true,
  'incident.resolved': true,
  'incident.reopened': true,
  'incident.merged': true,
  'incident.absorbed': true,
  'incident.origin-suspected': true,
  'incident.reached': true,
  'incident.related': true,
  'incident.unrelated': true,
  'incident.split': true,
  'incident.deleted': true,
  'incident.noted': true,
  'alerts.changed': true,
  'page.refused': true,
  'runbook.started': true,
  'runbook.step': true,
  'runbook.finished': true,
  'status.told': true,
  'room.said': true,
  'room.action-added': true,
  'room.action-changed': true,
  'room.pinned': true,
  'room.unpinned': true,
  'room.role-given': true,
  'room.joined': true,
  'room.left': true,
  'room.video-started': true,
  void: true,
};

/** The fact by its type; undefined when the API is newer than this program. */
export function knownFact(fact: FactView): KnownFact | undefined {
  return Object.hasOwn(types, fact.type) ? (fact as KnownFact) : undefined;
}
