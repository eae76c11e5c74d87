import type { SignalsMessage } from '../../shared/alerts/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { QueueName } from '../../shared/wiring/index.ts';
import { Books, type Mail } from './books.ts';
import type { Call } from './calls.ts';
import type { MemoryMail, SentMail } from './engine/memory-mail.ts';
import type { MemoryTable } from './engine/memory-table.ts';
import type { Change } from './engine/table-types.ts';
import type { Invocation } from './fleet.ts';
import { allInvariants, type Batch, type Observed } from './invariants/index.ts';
import type { Scenario } from './scenario.ts';

/** What the watch needs of the world. */
export interface Watched {
  readonly table: MemoryTable;
  readonly mail: MemoryMail;
  readonly scenario: Scenario;
  readonly clock: number;
  readonly steps: number;
}

/** Sees everything that is done, keeps the books of it, and holds it against the invariants. */
export class Watch {
  readonly books = new Books();
  /** Invocations that died or whose calls lost an answer, by the step at which they began. */
  readonly mishaps = new Set<number>();
  /** Those of them of which an answer was lost. */
  readonly lost = new Set<number>();
  private readonly invariants = allInvariants();
  private readonly world: Watched;
  private readonly observed: Observed;
  private seen = 0;

  constructor(world: Watched) {
    this.world = world;
    const { books, mishaps, lost } = this;
    this.observed = {
      ...{ books, mishaps, lost, scenario: world.scenario },
      get clock() {
        return world.clock;
      },
      get step() {
        return world.steps;
      },
      items: (prefix) => [...world.table.items(prefix)],
    };
  }

  /** After a call was done by this invocation. */
  called(call: Call, answer: unknown, by: Invocation): void {
    const { observed } = this;
    for (const one of this.invariants) one.called?.(call, by, observed);
    if (call.service === 'dynamodb') this.changed(by, observed);
    if (call.service === 'sqs') this.queued(call, answer);
    if (call.service === 'ses' && call.operation === 'SendEmail') this.mailed(by, observed);
  }

  accepted(receipt: string): void {
    this.books.accepted.add(receipt);
    for (const one of this.invariants) one.accepted?.(receipt, this.observed);
  }

  deleting(queue: QueueName, message: unknown): void {
    for (const one of this.invariants) one.deleting?.(queue, message, this.observed);
  }

  failing(queue: QueueName, message: unknown, among: Batch): void {
    for (const one of this.invariants) one.failing?.(queue, message, among, this.observed);
  }

  atRest(): void {
    for (const one of this.invariants) one.atRest?.(this.observed);
  }

  /** Takes what was put there before the run began. */
  begin(): void {
    for (const change of this.fresh()) this.books.take(change, 0);
  }

  private fresh(): readonly Change[] {
    const changes = this.world.table.changes(this.seen);
    this.seen = changes.at(-1)?.sequence ?? this.seen;
    return changes;
  }

  private changed(by: Invocation, observed: Observed): void {
    const changes = this.fresh();
    if (changes.length === 0) return;
    for (const change of changes) this.books.take(change, this.world.steps);
    for (const one of this.invariants) {
      if (one.changed) for (const change of changes) one.changed(change, by, observed);
      one.settled?.(changes, observed);
    }
  }

  private queued({ operation, input }: Call, answer: unknown): void {
    if (operation !== 'SendMessageBatch') return;
    const { QueueUrl, Entries } = input as SentBatch;
    if (!QueueUrl.endsWith('/alerts')) return;
    const { Failed = [] } = answer as { readonly Failed?: readonly { readonly Id: string }[] };
    const failed = new Set(Failed.map(({ Id }) => Id));
    for (const { Id, MessageBody } of Entries) {
      if (failed.has(Id)) continue;
      const message = JSON.parse(MessageBody) as SignalsMessage;
      if (message.kind === 'signals') this.books.takeMessage(message);
    }
  }

  private mailed(by: Invocation, observed: Observed): void {
    const sent = this.world.mail.sent.at(-1);
    if (sent === undefined) return;
    const mail = mailOf(sent, by);
    this.books.mails.push(mail);
    for (const one of this.invariants) one.mailed?.(mail, by, observed);
  }
}

interface SentBatch {
  readonly QueueUrl: string;
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}

function mailOf({ subject, text, at }: SentMail, by: Invocation): Mail {
  const token = /\/respond\/(\S+)/.exec(text)?.[1] ?? '';
  const [org = '', incident = '', generation, step, person = ''] = token.split('.');
  return {
    ...{ token, org, person, at, by: by.began },
    incident: incident as IncidentId,
    generation: Number(generation),
    step: Number(step),
    possiblyAgain: subject.endsWith('(possibly again)'),
  };
}
