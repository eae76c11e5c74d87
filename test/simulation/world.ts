import { type Duration, type Instant, MINUTE } from '../../shared/kernel/index.ts';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import { env, type FunctionName } from '../../shared/wiring/index.ts';
import type { Actor } from './actors/actor.ts';
import { Expiry } from './actors/expiry.ts';
import { Pauses } from './actors/pauses.ts';
import { People } from './actors/people.ts';
import { QueuePoller } from './actors/queue-poller.ts';
import { Reaper } from './actors/reaper.ts';
import { Sender } from './actors/sender.ts';
import { StreamFeed } from './actors/stream-feed.ts';
import { Sweeper } from './actors/sweeper.ts';
import { Visitor } from './actors/visitor.ts';
import { type Call, Calls } from './calls.ts';
import { MemoryMail } from './engine/memory-mail.ts';
import { MemoryParameters } from './engine/memory-parameters.ts';
import { MemoryQueues } from './engine/memory-queues.ts';
import { MemorySecrets } from './engine/memory-secrets.ts';
import { MemorySockets } from './engine/memory-sockets.ts';
import { MemoryTable } from './engine/memory-table.ts';
import { MemoryTexts } from './engine/memory-texts.ts';
import { Environment } from './environment.ts';
import { Fleet, type Invocation } from './fleet.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import { BEGIN, type Scenario, type Weather } from './scenario.ts';
import { settings, store, theQueues } from './setting.ts';
import type { Trace } from './trace.ts';
import { Violation } from './violation.ts';
import { Watch } from './watch.ts';

/** Whatever is planned, after this time the weather is calm. */
const LONGEST: Duration = 45 * MINUTE;

const calm: Weather = {
  ...{ kills: 0, throttle: 0, conflict: 0, failBefore: 0, lost: 0, unprocessed: 0, duplicates: 0 },
  ...{ indexLag: 0, skew: undefined, outage: 0, refusal: 0, expiry: 0 },
};

/** How many environments of a function there may be at once; one of those that are not named. */
const limits = { Detect: 3, Escalate: 2, Deliver: 2, Receive: 2, Incidents: 2 } as const;

/** Functions whose clocks may be wrong: the others stamp times that everybody believes. */
const skewable: ReadonlySet<FunctionName> = new Set(['Escalate', 'Deliver', 'Sweep', 'FanOut']);

/** One run: AWS in memory, the environments, and all who act. Everything that is drawn is drawn from one stream. */
export class World {
  clock = BEGIN;
  steps = 0;
  sweeps = 0;
  /** Whether code of an environment goes on: it began, was answered, or its pause is over. */
  hasMoved = false;
  weather: Weather;
  /** What went wrong where nobody could be told. */
  fault: unknown;
  readonly random: Random;
  readonly scenario: Scenario;
  readonly table: MemoryTable;
  readonly queues: MemoryQueues;
  readonly watch: Watch;
  readonly fleet: Fleet;
  readonly calls: Calls;
  readonly visitor: Visitor;
  readonly actors: readonly Actor[];
  readonly counts = new Map<string, number>();
  private readonly engines: Readonly<
    Record<Call['service'], { call(operation: string, input: unknown): unknown }>
  >;
  private readonly sockets: MemorySockets;
  readonly mail: MemoryMail;
  private readonly sender: Sender;
  private readonly people: People;
  private readonly feeds: readonly StreamFeed[];
  private readonly pauses = new Pauses(this);
  private readonly reaper: Reaper;
  private readonly doing = new Map<Environment, Invocation>();
  private readonly program: Program;
  private readonly trace: Trace | undefined;
  private requests = 0;

  constructor(program: Program, scenario: Scenario, random: Random, trace: Trace | undefined) {
    this.program = program;
    this.scenario = scenario;
    this.weather = scenario.weather;
    this.random = random;
    this.trace = trace;
    const around = { now: () => this.clock, chance: () => this.random.next() };
    this.table = new MemoryTable(around);
    this.queues = new MemoryQueues({ ...around, queues: theQueues });
    this.sockets = new MemorySockets(around);
    this.mail = new MemoryMail(around);
    const secrets = new MemorySecrets({
      [settings[env.secret] ?? '']: 'a secret of 32 letters or more, at least',
    });
    const ssm = new MemoryParameters();
    const { table, queues, mail, sockets } = this;
    this.engines = { dynamodb: table, sqs: queues, ses: mail, secrets, ssm, sns: new MemoryTexts(), sockets };
    this.watch = new Watch(this);
    store(this.table, scenario.tenants);
    this.watch.begin();
    this.calls = new Calls(this);
    this.fleet = new Fleet(limits, this);
    this.reaper = new Reaper(this.weather.kills, this);
    this.visitor = new Visitor(scenario.visit, this);
    this.sender = new Sender(scenario.posts, this);
    this.people = new People(scenario.deeds, scenario.tenants, this);
    const toRooms = new StreamFeed('Broadcast', { kind: 'fact', via: 'stream' }, this);
    this.feeds = [
      // Where nobody is in a room, a push finds nobody and writes nothing.
      ...(scenario.visit === undefined ? [] : [toRooms]),
      new StreamFeed('FanOut', { kind: 'fact', react: 'yes' }, this),
    ];
    this.actors = this.everybody();
    this.blow(this.weather);
  }

  private everybody(): readonly Actor[] {
    const calling: Actor = {
      ready: () => this.calls.pending.length,
      due: () => Number.POSITIVE_INFINITY,
      act: () => this.calls.advance(),
    };
    return [
      ...[calling, this.pauses, ...this.feeds, this.sender, this.people, this.visitor, this.reaper],
      new QueuePoller('alerts', this, this.weather.outage),
      new QueuePoller('escalation', this),
      new QueuePoller('delivery', this),
      new Sweeper(this.scenario.sweep, this),
      new Expiry(this.weather.expiry, this),
    ];
  }

  /** Whether somebody from outside is still to do something. */
  isPlanned(): boolean {
    const outside = Math.min(this.sender.due(), this.people.due(), this.visitor.due());
    return outside < Number.POSITIVE_INFINITY && this.clock < BEGIN + LONGEST;
  }

  /** Whether something is under way. */
  isQuiet(): boolean {
    const isWaiting = this.queues.nextDue() !== undefined || this.feeds.some((feed) => feed.ready() > 0);
    const isIdle = this.calls.pending.length === 0 && this.fleet.running.length === 0;
    return isIdle && !isWaiting && !this.isPlanned();
  }

  /** Whether something is still to come: a step that is due some time, a minute to be counted, what is under way. */
  isUnfinished(): boolean {
    if (!this.isQuiet()) return true;
    for (const incident of this.watch.books.incidents.values())
      if (incident.state === 'triggered' && incident.next !== undefined) return true;
    return this.watch.books.owed.size > 0;
  }

  /** What keeps the world from its rest. */
  unfinished(): object {
    const waiting = [...this.watch.books.incidents.values()].filter(
      (incident) => incident.state === 'triggered' && incident.next !== undefined,
    );
    const running = this.fleet.running.map(({ environment }) => environment.id);
    return {
      waiting,
      running,
      owed: [...this.watch.books.owed],
      due: this.queues.nextDue(),
      clock: this.clock,
    };
  }

  passTo(time: Instant): void {
    this.clock = time;
    this.fleet.expire(time);
  }

  /** From now on nothing fails any more. */
  calmDown(): void {
    this.reaper.rest();
    this.blow(calm);
  }

  private blow(weather: Weather): void {
    this.weather = weather;
    const { throttle, conflict, failBefore, unprocessed, indexLag } = weather;
    this.table.faults = { throttle, conflict, failBefore, unprocessed, indexLag, lateExpiry: 0.5 };
    this.queues.faults = { throttle, failBefore, partial: unprocessed, duplicate: weather.duplicates / 2 };
    this.mail.faults = { throttle, rejectUntil: weather.refusal };
    this.sockets.faults = { throttle };
  }

  now(): number {
    return this.clock;
  }

  step(): number {
    return this.steps;
  }

  get lost(): number {
    return this.weather.lost;
  }

  nextRequest(): number {
    return ++this.requests;
  }

  /** Counts what happened, by name. */
  tally(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** A socket is open from now on. */
  connect(connectionId: string): void {
    this.sockets.connect(connectionId);
  }

  execute(call: Call): unknown {
    const by = this.doing.get(call.from);
    if (by === undefined) throw new Error(`${call.from.id} calls before its first event`);
    let answer: unknown;
    try {
      answer = this.engines[call.service].call(call.operation, call.input);
    } catch (refusal) {
      if (refusal instanceof Error) this.tally(refusal.name);
      throw refusal;
    }
    this.watch.called(call, answer, by);
    if (call.service === 'sockets') this.visitor.hear(frameIn(call.input));
    return answer;
  }

  unheard(call: Call, why: 'failed' | 'lost'): void {
    const began = this.doing.get(call.from)?.began ?? -1;
    this.watch.mishaps.add(began);
    if (why === 'lost') this.watch.lost.add(began);
  }

  traced(what: 'done' | 'answered', { from, service, operation, number, input, outcome }: Call): void {
    if (what === 'answered') this.hasMoved = true;
    this.trace?.line(
      this.clock,
      from.id,
      what,
      `${service}.${operation}`,
      number,
      what === 'done' ? input : outcome,
    );
  }

  start(name: FunctionName, place: number): Environment {
    const { skew } = this.weather;
    const isSkewed = skew !== undefined && skewable.has(name) && place % 4 === skew.place % 4;
    this.tally('cold start');
    return new Environment(name, place, isSkewed ? skew.by : 0, {
      program: this.program,
      variables: settings,
      random: this.random,
      now: () => this.clock,
      send: (from, service, operation, input) => this.calls.begin(from, service, operation, input),
      pass: (from, time) => this.pauses.begin(from, time),
      logged: (from, level, message, fields) => {
        this.trace?.line(this.clock, from.id, level, message, fields);
        if (level === 'error') this.tally(`log: ${message}`);
      },
    });
  }

  gone(environment: Environment): void {
    this.calls.abandon(environment);
    this.pauses.abandon(environment);
  }

  told(what: 'began' | 'ended' | 'killed' | 'timed out', invocation: Invocation, end?: unknown): void {
    const { environment } = invocation;
    this.trace?.line(this.clock, environment.id, what, end);
    if (what === 'began') {
      this.doing.set(environment, invocation);
      this.hasMoved = true;
      if (environment.name === 'Sweep') this.sweeps++;
    }
    if (what === 'killed' || what === 'timed out') {
      this.tally(what);
      this.watch.mishaps.add(invocation.began);
    }
    const isMoving = what === 'ended' && this.calls.isBusy(environment);
    if (isMoving)
      this.broken(new Violation('frozen', `${environment.id} answered while a call was under way`));
  }

  /** Something went wrong where nobody waits for it. */
  broken(fault: unknown): void {
    this.fault ??= fault;
  }
}

const frameIn = (input: unknown): ServerMessage =>
  JSON.parse(Buffer.from((input as { readonly Data: Uint8Array }).Data).toString()) as ServerMessage;
