import type { KeptSignal, SignalsMessage } from '../../alerts/index.ts';
import { type IncidentId, type Instant, type OrganisationId, SECOND } from '../../kernel/index.ts';
import { RELATE_SECONDS, SETTLE_SECONDS } from '../decision.ts';
import { LINGER } from '../inhibition/sources.ts';
import type { Received } from '../match.ts';
import type { Rule } from '../rule.ts';
import { saysTheSame } from '../rules/asked.ts';
import { ruleSetOf } from '../rules/compile.ts';
import { Agenda } from './agenda.ts';
import { Firings } from './firings.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Planned, ReplayMemory } from './replay-memory.ts';
import type { Setting } from './setting.ts';

/** The first page about one generation of an incident. */
export interface SimulatedPage {
  readonly incident: IncidentId;
  readonly generation: number;
  readonly at: Instant;
}

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
  private readonly firings = new Firings();
  private readonly isAwake = (fingerprint: string): boolean => this.memory.isAwake(fingerprint);
  private signals = 0;
  private now: Instant = 0;

  constructor(org: OrganisationId, rules: readonly Rule[], setting: Setting = {}) {
    this.memory = new ReplayMemory(org, rules, this.agenda, setting);
  }

  /** Takes in what one POST said. They must come in the order in which they were received. */
  receive(message: SignalsMessage): void {
    this.pass(message.receivedAt);
    for (const signal of message.signals) {
      const received = { signal, from: message };
      if (signal.state === 'firing') this.hear(received);
      // Before it ends, since its incident may end with it.
      this.firings.look(signal.fingerprint, this.isAwake);
      this.firings.hear(received);
    }
    this.signals += message.signals.length;
    this.memory.hear(message);
    for (const { fingerprint } of message.signals) this.firings.look(fingerprint, this.isAwake);
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
    this.firings.lookAtAll(this.isAwake);
    const { memory, pages, last, signals, firings } = this;
    return outcomeOf({ memory, pages, last, signals, firings: firings.all });
  }

  /** What an alert says again is matched as it was before: rules ask nothing that its time decides. */
  private hear(received: Received): void {
    const { signal } = received;
    const before = this.last.get(signal.fingerprint);
    if (before && saysTheSame(before, received)) ruleSetOf(this.memory.rules).carry(before.signal, signal);
    this.last.set(signal.fingerprint, received);
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
    else if (planned.do === 'look') this.memory.lookAt(planned.holder, planned.dueAt, now);
    else if (planned.do === 'relate') this.memory.relateOne(planned.incident, now);
    else if (planned.do === 'ask') this.memory.askOf(planned.fingerprint, planned.end, now);
    else this.page(planned, now);
  }

  /** Unless it is over by then, was answered in its source, or paged already. */
  private page({ incident, generation }: Extract<Planned, { do: 'page' }>, now: Instant): void {
    const known = this.memory.incidents.get(incident);
    if (known?.state !== 'triggered' || known.generation !== generation) return;
    if (known.next === undefined || known.next.dueAt > now || this.memory.hasPaged(known)) return;
    if (this.memory.isPutOff(known, now) || this.memory.isStillHeld(known, now)) return;
    this.memory.paged(known);
    this.pages.push({ incident, generation, at: now });
    for (const fingerprint of this.memory.membersOf(incident)) this.firings.look(fingerprint, this.isAwake);
  }
}

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
