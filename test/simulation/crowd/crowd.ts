import { type Duration, type IncidentId, type Instant, idOf, toText } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import type { ClientFrame } from '../../../shared/war-room/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { Agenda } from '../actors/actor.ts';
import { QueuePoller } from '../actors/queue-poller.ts';
import { MemoryParameters } from '../engine/memory-parameters.ts';
import { MemoryQueues } from '../engine/memory-queues.ts';
import { MemorySecrets } from '../engine/memory-secrets.ts';
import { MemoryTable } from '../engine/memory-table.ts';
import { Environment, type Service } from '../environment.ts';
import { Fleet } from '../fleet.ts';
import type { Program } from '../program.ts';
import { Random } from '../random.ts';
import { httpRequest } from '../requests.ts';
import { BEGIN, type Tenant } from '../scenario.ts';
import { settings, store, theQueues } from '../setting.ts';
import { settled } from '../settled.ts';
import { Gateway } from './gateway.ts';
import { type Line, Member } from './member.ts';
import { Shard } from './shard.ts';

/** How long a call to AWS takes on its way there, and on its way back, in milliseconds. */
const WAY = { from: 1, to: 8 } as const;

/**
 * A room with a crowd in it and a storm of alerts beside it: the functions as they are, each environment with a memory of its
 * own, over AWS in memory, and clients that do what those of browsers do. Every call and frame takes its time by a virtual clock.
 */
export class Crowd implements Line {
  clock = BEGIN;
  readonly members: Member[] = [];
  readonly random: Random;
  readonly table: MemoryTable;
  readonly queues: MemoryQueues;
  readonly gateway: Gateway;
  readonly fleet = new Fleet({ Detect: 3 }, this);
  /** What a poller of the queue asks for. */
  readonly watch = { failing: () => undefined, deleting: () => undefined };
  readonly weather = { duplicates: 0 };
  readonly #program: Program;
  readonly #tenant: Tenant;
  readonly #agenda = new Agenda<{ readonly at: Instant; readonly run: () => void }>();
  readonly #engines: Readonly<Record<string, { call(operation: string, input: unknown): unknown }>>;
  readonly #alerts = new QueuePoller('alerts', this);
  readonly #shard: Shard;
  #requests = 0;
  #fault: unknown;

  constructor(program: Program, tenant: Tenant, seed: number) {
    this.#program = program;
    this.#tenant = tenant;
    this.random = new Random(seed);
    const around = { now: () => this.clock, chance: () => this.random.next() };
    this.table = new MemoryTable(around);
    this.queues = new MemoryQueues({ ...around, queues: theQueues });
    this.gateway = new Gateway(tenant.org, this);
    this.#shard = new Shard(this);
    const secrets = new MemorySecrets({
      [settings[env.secret] ?? '']: 'a secret of 32 letters or more, at least',
    });
    const { table, queues, gateway } = this;
    const ssm = new MemoryParameters();
    this.#engines = { dynamodb: table, sqs: queues, sockets: gateway, secrets, ssm };
    store(table, [tenant]);
  }

  /** Lets time pass. */
  async pass(time: Duration): Promise<void> {
    const until = this.clock + time;
    while (this.#agenda.due() <= until) {
      const { at, run } = this.#agenda.take();
      this.clock = Math.max(this.clock, at);
      run();
      await settled();
      if (this.#fault !== undefined) throw this.#fault;
    }
    this.clock = until;
  }

  /** One more of the organisation, who comes into the room. */
  enter(incident: IncidentId): Member {
    const number = this.members.length + 1;
    const who = { person: idOf('person', BEGIN, `member ${number}`), name: `Person ${number}` };
    const { org } = this.#tenant;
    const Item = { ...schema.member.key({ org, person: who.person }), ...who, role: 'responder', door: 'd' };
    this.table.call('Put', { TableName: settings[env.table], Item });
    const member = new Member(incident, who, this.random.next(), this);
    this.members.push(member);
    member.happen({ is: 'start' });
    return member;
  }

  /** A sender posts that an alert fires. */
  alert(key: string, service: string): void {
    const said = { key, title: `${key} fails`, service, severity: 'P1_CRITICAL', state: 'firing' };
    const body = [{ ...said, timestamp: toText(this.clock) }];
    const path = `/webhooks/generic/${this.#tenant.key}`;
    this.fleet.invoke('Receive', {
      event: httpRequest(this, { method: 'POST', path, body }),
      ended: (end) => {
        const isTaken = end.how === 'answered' && (end.result as { statusCode: number }).statusCode === 202;
        if (!isTaken) throw new Error(`An alert was not taken: ${JSON.stringify(end)}`);
      },
    });
  }

  /** The incident that was opened first. */
  incident(): IncidentId {
    const [first] = [...this.table.items()].filter(({ kind }) => kind === 'incident');
    if (first === undefined) throw new Error('No incident was opened');
    return first.id as IncidentId;
  }

  /** The log of an incident as it is stored. */
  factsOf(
    incident: IncidentId,
  ): readonly { readonly seq: number; readonly id: string; readonly type: string }[] {
    const { pk } = schema.fact.key({ org: this.#tenant.org, inc: incident, seq: 1 });
    return [...this.table.items(pk)]
      .filter(({ kind }) => kind === 'fact')
      .map(({ seq, id, type }) => ({ seq: Number(seq), id: String(id), type: String(type) }))
      .sort((a, b) => a.seq - b.seq);
  }

  now(): Instant {
    return this.clock;
  }

  at(at: Instant, run: () => void): void {
    this.#agenda.add({ at, run });
  }

  after(time: Duration, run: () => void): void {
    this.at(this.clock + time, run);
  }

  open(member: Member): void {
    this.gateway.open(member);
  }

  say(member: Member, frame: ClientFrame): void {
    this.gateway.say(member, frame);
  }

  step(): number {
    return 0;
  }

  nextRequest(): number {
    return ++this.#requests;
  }

  broken(fault: unknown): void {
    this.#fault ??= fault;
  }

  gone(): void {}

  told(): void {
    this.after(1, () => this.#poll());
  }

  start(name: Environment['name'], place: number): Environment {
    return new Environment(name, place, 0, {
      program: this.#program,
      variables: settings,
      random: this.random,
      now: () => this.clock,
      send: (_, service, operation, input) => this.#call(service, operation, input),
      pass: (_, time) => new Promise((over) => this.after(time, over)),
      logged: (from, level, message, fields) => {
        if (level === 'error') this.broken(new Error(`${from.id}: ${message} ${JSON.stringify(fields)}`));
      },
    });
  }

  #call(service: Service, operation: string, input: unknown): Promise<unknown> {
    const way = () => this.random.whole(WAY.from, WAY.to);
    return new Promise((resolve, reject) => {
      this.after(way(), () => {
        try {
          const answer = this.#engines[service]?.call(operation, input);
          this.after(way(), () => resolve(answer));
        } catch (refusal) {
          this.after(way(), () => reject(refusal));
        }
        this.#shard.look();
      });
    });
  }

  #poll(): void {
    if (this.#alerts.ready() > 0) this.#alerts.act();
  }
}
