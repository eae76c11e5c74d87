import type { HolderId, KeptSignal, SignalsMessage } from '../../alerts/index.ts';
import { type Incident, putOffBy } from '../../incidents/index.ts';
import { type IncidentId, type Instant, MINUTE, type OrganisationId, SECOND } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import { DECIDED_AT_ONCE, foldBatch, sliced } from '../batch.ts';
import type { HeadChange, Settle } from '../decision.ts';
import { RELATE_SECONDS, SETTLE_SECONDS } from '../decision.ts';
import { LINGER } from '../inhibition/sources.ts';
import { isHeldPage, putOffUntilLasting } from '../lasting.ts';
import type { Received } from '../match.ts';
import { endsBy } from '../occurrence.ts';
import type { Rule } from '../rule.ts';
import { Agenda } from './agenda.ts';
import { DetectionMemory } from './memory.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Setting } from './setting.ts';

/** The first page about one generation of an incident. */
export interface SimulatedPage {
  readonly incident: IncidentId;
  readonly generation: number;
  readonly at: Instant;
}

type Planned =
  | { readonly do: 'settle'; readonly settle: Settle }
  | { readonly do: 'relate'; readonly incident: IncidentId }
  | { readonly do: 'release'; readonly holder: HolderId; readonly askedAt: Instant }
  | { readonly do: 'page'; readonly incident: IncidentId; readonly generation: number }
  | { readonly do: 'ask'; readonly fingerprint: string; readonly end: Instant };

/** The sweep asks every minute which alerts have ended by themselves; so long after its end an alert is asked about here. */
const ASKED: Instant = MINUTE;

/**
 * Plays received signals through a rule set by the decisions that the product makes, in virtual time: each POST is a batch of its own,
 * decided when it was received, and what follows later (an incident that is quiet, an alert that ends by itself, a first page) comes when
 * it would have come. Nobody acknowledges, resolves or declares anything.
 */
export class Replay {
  private readonly memory: ReplayMemory;
  private readonly agenda = new Agenda<Planned>();
  private readonly pages: SimulatedPage[] = [];
  private readonly last = new Map<string, Received>();
  private signals = 0;
  private now: Instant = 0;

  constructor(org: OrganisationId, rules: readonly Rule[], setting: Setting = {}) {
    this.memory = new ReplayMemory(org, rules, this.agenda, setting);
  }

  /** Takes in what one POST said. They must come in the order in which they were received. */
  receive(message: SignalsMessage): void {
    this.pass(message.receivedAt);
    for (const signal of message.signals)
      if (signal.state === 'firing') this.last.set(signal.fingerprint, { signal, from: message });
    this.signals += message.signals.length;
    this.memory.hear(message);
    this.plan(message.receivedAt);
  }

  /** Lets time pass until this moment. */
  pass(until: Instant): void {
    for (let next = this.agenda.take(until); next; next = this.agenda.take(until)) {
      // What is told late may have been due before.
      this.now = Math.max(this.now, next.at);
      this.carryOut(next.what, this.now);
      this.plan(this.now);
    }
    this.now = Math.max(this.now, until);
  }

  /** What came of it by this moment. */
  finish(until: Instant): Outcome {
    this.pass(until);
    const { memory, pages, last, signals } = this;
    return outcomeOf({ memory, pages, last, signals });
  }

  private plan(now: Instant): void {
    for (const holder of this.memory.releases())
      this.agenda.plan(now + LINGER + SECOND, { do: 'release', holder, askedAt: now + LINGER });
    for (const incident of this.memory.relates())
      this.agenda.plan(now + RELATE_SECONDS * SECOND, { do: 'relate', incident });
    for (const settle of this.memory.settles())
      this.agenda.plan(Math.max(now + SETTLE_SECONDS * SECOND, settle.notBefore ?? 0), {
        do: 'settle',
        settle,
      });
  }

  private carryOut(planned: Planned, now: Instant): void {
    if (planned.do === 'settle') this.memory.settleOne(planned.settle, now);
    else if (planned.do === 'release') this.memory.releaseOne(planned.holder, planned.askedAt, now);
    else if (planned.do === 'relate') this.memory.relateOne(planned.incident, now);
    else if (planned.do === 'ask') this.memory.askOf(planned.fingerprint, planned.end, now);
    else this.page(planned, now);
  }

  /** Unless it is over by then, was answered in its source, or paged already. */
  private page({ incident, generation }: Extract<Planned, { do: 'page' }>, now: Instant): void {
    const known = this.memory.incidents.get(incident);
    if (known?.state !== 'triggered' || known.generation !== generation) return;
    if (known.next === undefined || known.next.dueAt > now) return;
    if (this.memory.isPutOff(known, now) || this.memory.isStillHeld(known, now)) return;
    if (this.memory.paged(incident, generation)) this.pages.push({ incident, generation, at: now });
  }
}

/** Plans what follows from what is written. */
class ReplayMemory extends DetectionMemory {
  private readonly agenda: Agenda<Planned>;
  private readonly asked = new Map<string, Instant>();
  private readonly released = new Map<string, Instant>();
  private readonly generations = new Set<string>();

  constructor(org: OrganisationId, rules: readonly Rule[], agenda: Agenda<Planned>, setting: Setting) {
    super(org, rules, setting);
    this.agenda = agenda;
    for (const { id, to } of this.quiets)
      agenda.plan(to + ASKED, { do: 'release', holder: id, askedAt: to + ASKED });
  }

  /** Decides what one POST said, so much at once as a worker does. */
  hear(message: SignalsMessage): void {
    const alerts = foldBatch([message]).get(this.org) ?? [];
    for (const part of sliced(alerts, DECIDED_AT_ONCE)) this.decide(part, message.receivedAt);
  }

  /** Whether maintenance puts a page off: then it comes when that ends. */
  isPutOff(incident: Incident, now: Instant): boolean {
    const later = putOffBy(incident, this.quiets, now);
    if (later) this.apply(incident.id, [later], now);
    return later !== undefined;
  }

  /** Whether this is the first page about a generation of an incident. */
  paged(incident: IncidentId, generation: number): boolean {
    const name = `${incident} ${generation}`;
    const isFirst = !this.generations.has(name);
    this.generations.add(name);
    return isFirst;
  }

  /** Whether a first page that was held waits on, since none of the alerts has lasted. */
  isStillHeld(incident: Incident, now: Instant): boolean {
    const guard = incident.correlation && this.guards.get(incident.correlation.hash);
    if (!guard || !isHeldPage(incident)) return false;
    const members = this.membersOf(incident.id).flatMap((one) => this.heads.get(one) ?? []);
    const wanted = putOffUntilLasting(incident, guard, members, now);
    if (wanted) this.apply(incident.id, [wanted], now);
    return wanted !== undefined;
  }

  /** Asks whether an alert has ended by itself, or what held it back has, unless that was told to go on meanwhile. */
  askOf(fingerprint: string, end: Instant, now: Instant): void {
    // It was to be asked earlier meanwhile, and what was planned then went on from there.
    if (this.asked.get(fingerprint) !== end) return;
    this.asked.delete(fingerprint);
    const head = this.heads.get(fingerprint);
    const next = head && this.nextLook(head);
    if (next !== undefined && next <= end) {
      const { until = 0 } = head?.suppressed ?? {};
      if (until <= end) this.released.set(fingerprint, until);
      this.ask([fingerprint], now);
    }
    this.planNext(fingerprint, end);
  }

  /** What held it back may have ended while it still ends by itself later. */
  private planNext(fingerprint: string, asked: Instant): void {
    const head = this.heads.get(fingerprint);
    const next = head && this.nextLook(head);
    if (next !== undefined && next > asked) this.planAsking(fingerprint, next);
  }

  /** When the sweep would look at it: when it ends by itself, or what holds it back ends; each end once. */
  private nextLook(head: AlertHead): Instant | undefined {
    const ends = endsBy(head);
    const { until } = head.suppressed ?? {};
    const isNew = until !== undefined && until > (this.released.get(head.fingerprint) ?? 0);
    return isNew ? Math.min(until, ends ?? until) : ends;
  }

  protected override apply(id: IncidentId, ...more: Tail<Parameters<DetectionMemory['apply']>>): void {
    const before = this.incidents.get(id);
    super.apply(id, ...more);
    this.planPage(before, this.incidents.get(id));
  }

  protected override putHead(change: HeadChange): void {
    super.putHead(change);
    const next = this.nextLook(change.head);
    if (next !== undefined) this.planAsking(change.head.fingerprint, next);
  }

  private planAsking(fingerprint: string, end: Instant): void {
    if ((this.asked.get(fingerprint) ?? Number.POSITIVE_INFINITY) <= end) return;
    this.asked.set(fingerprint, end);
    this.agenda.plan(end + ASKED, { do: 'ask', fingerprint, end });
  }

  private planPage(before: Incident | undefined, after: Incident | undefined): void {
    if (after?.state !== 'triggered' || after.next === undefined) return;
    const { id: incident, generation, next } = after;
    const isPlanned = before?.state === 'triggered' && before.next?.dueAt === next.dueAt;
    if (isPlanned && before.generation === generation) return;
    this.agenda.plan(next.dueAt, { do: 'page', incident, generation });
  }
}

type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;

/** Signals, in the order in which they were received, as the messages of their POSTs. */
export function* messagesOf(
  org: OrganisationId,
  signals: Iterable<KeptSignal>,
): Generator<SignalsMessage, void> {
  let group: KeptSignal[] = [];
  for (const kept of signals) {
    if (group[0] && group[0].from.receipt !== kept.from.receipt) {
      yield messageOf(org, group);
      group = [];
    }
    group.push(kept);
  }
  if (group.length > 0) yield messageOf(org, group);
}

function messageOf(org: OrganisationId, group: readonly KeptSignal[]): SignalsMessage {
  const [first] = group;
  if (!first) throw new Error('A message without signals');
  return { kind: 'signals', org, ...first.from, signals: group.map(({ signal }) => signal) };
}
