import { gzipSync } from 'node:zlib';
import type { SQSBatchResponse } from 'aws-lambda';
import { incidentRow } from '../../functions/aws/incident-rows.ts';
import { configurationSchema } from '../../shared/configuration/index.ts';
import { evolveIncident, type Incident } from '../../shared/incidents/index.ts';
import { type Instant, idOf, MINUTE, SECOND, system } from '../../shared/kernel/index.ts';
import { env, type FunctionName, type QueueName, queueTimes } from '../../shared/wiring/index.ts';
import { MemoryMail, type SentMail } from '../simulation/engine/memory-mail.ts';
import { MemoryParameters } from '../simulation/engine/memory-parameters.ts';
import { MemoryQueues } from '../simulation/engine/memory-queues.ts';
import { MemorySecrets } from '../simulation/engine/memory-secrets.ts';
import { MemoryTable } from '../simulation/engine/memory-table.ts';
import { MemoryTexts } from '../simulation/engine/memory-texts.ts';
import { imageOf } from '../simulation/engine/stream-image.ts';
import { Environment, type Service } from '../simulation/environment.ts';
import { loadProgram, type Program } from '../simulation/program.ts';
import { Random } from '../simulation/random.ts';
import { queueUrl, settings, store, theQueues } from '../simulation/setting.ts';

/** How bad it is. */
export interface TimerWeather {
  /** The share of messages that come twice. */
  readonly duplicates: number;
  /** The share of calls that the table and the queues throttle. */
  readonly throttle: number;
  /** The share of invocations that die at one of their calls. */
  readonly kills: number;
  /** The share of messages to the escalation queue that are lost: the sweep alone finds their steps. */
  readonly lost: number;
}

/** A page as it came, and when its step was due. */
export interface TimedPage {
  readonly incident: string;
  readonly level: number;
  readonly at: Instant;
  readonly dueAt: Instant;
  /** Whether it says that it may come again. */
  readonly again: boolean;
}

/** What became of many timers. */
export interface TimerOutcome {
  readonly pages: readonly TimedPage[];
  /** Steps that nobody was paged for. */
  readonly missed: number;
  /** Milliseconds of real time. */
  readonly took: number;
}

const BEGIN: Instant = Date.UTC(2026, 10, 23, 3);
const org = idOf('organisation', BEGIN, 'timers');
const DELAY = 5 * MINUTE;
const names = ['Escalate', 'Deliver', 'FanOut', 'Sweep'] as const satisfies readonly FunctionName[];

const configuration = configurationSchema.parse({
  people: ['ann', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` })),
  policies: [
    {
      id: 'ops',
      name: 'Ops',
      levels: ['ann', 'bob'].map((id) => ({ targets: [id], delay: DELAY / SECOND })),
    },
  ],
});

/** The real workers of on-call as they are bundled. */
export const timerProgram = (): Promise<Program> => loadProgram([...names]);

/**
 * Lets the first steps of so many incidents come due within a time, and nobody answers: each has two timers. The real workers and
 * the real sweep on a table, queues and a mail provider in memory, by virtual time; a worker takes none.
 */
export async function playTimers(
  program: Program,
  count: number,
  within: number,
  weather: TimerWeather,
  seed: number,
): Promise<TimerOutcome> {
  const world = new TimerWorld(program, weather, new Random(seed));
  const due = world.plan(count, within);
  const begun = performance.now();
  await world.run(BEGIN + within + DELAY + 20 * MINUTE);
  return { ...world.outcome(due), took: performance.now() - begun };
}

class TimerWorld {
  private clock: Instant = BEGIN;
  private readonly around = { now: () => this.clock, chance: () => this.random.next() };
  private readonly table = new MemoryTable(this.around);
  private readonly queues = new MemoryQueues({ ...this.around, queues: theQueues });
  private readonly mail = new MemoryMail(this.around);
  private readonly engines: Readonly<
    Partial<Record<Service, { call(name: string, input: unknown): unknown }>>
  >;
  private readonly environments = new Map<FunctionName, Environment>();
  /** Calls until the environment dies; none while it may live. */
  private readonly doomed = new Map<Environment, { calls: number; die(): void }>();
  private places = 0;

  private readonly program: Program;
  private readonly weather: TimerWeather;
  private readonly random: Random;
  /** Up to which change the stream was read. */
  private read = 0;

  constructor(program: Program, weather: TimerWeather, random: Random) {
    this.program = program;
    this.weather = weather;
    this.random = random;
    const secrets = new MemorySecrets({
      [settings[env.secret] ?? '']: 'a secret of 32 letters or more, at least',
    });
    const { table: dynamodb, queues: sqs, mail: ses } = this;
    this.engines = { dynamodb, sqs, ses, secrets, ssm: new MemoryParameters(), sns: new MemoryTexts() };
    const body = gzipSync(JSON.stringify(configuration));
    store(this.table, [{ org, configuration, integration: idOf('integration', BEGIN, 'x'), key: 'x', body }]);
    this.table.faults = { throttle: weather.throttle };
    this.queues.faults = { throttle: weather.throttle, duplicate: weather.duplicates };
  }

  /** Puts the incidents; gives when the first step of each is due. */
  plan(count: number, within: number): ReadonlyMap<string, Instant> {
    const due = new Map<string, Instant>();
    this.table.faults = {};
    for (let place = 0; place < count; place++) {
      const dueAt = BEGIN + MINUTE + this.random.whole(0, within - MINUTE);
      const incident = incidentDue(place, dueAt);
      this.table.call('Put', { TableName: settings[env.table], Item: incidentRow(incident) });
      due.set(incident.id, dueAt);
    }
    this.table.faults = { throttle: this.weather.throttle };
    this.read = this.table.changes(0).at(-1)?.sequence ?? 0;
    return due;
  }

  async run(until: Instant): Promise<void> {
    let sweep = BEGIN;
    while (this.clock < until) {
      const next = Math.min(this.dueOf('escalation'), this.dueOf('delivery'), sweep);
      this.clock = Math.max(this.clock, next);
      if (sweep <= this.clock) {
        await this.invoke('Sweep', {});
        sweep = this.clock + MINUTE;
      }
      await this.workOff('escalation', 'Escalate');
      await this.workOff('delivery', 'Deliver');
      await this.fanOut();
    }
  }

  outcome(due: ReadonlyMap<string, Instant>): Pick<TimerOutcome, 'pages' | 'missed'> {
    const pages = this.mail.sent.map((mail) => pageOf(mail, due));
    const told = new Set(pages.map(({ incident, level }) => `${incident} ${level}`));
    return { pages, missed: 2 * due.size - told.size };
  }

  private dueOf(queue: QueueName): Instant {
    return this.queues.nextDue(queue) ?? Number.POSITIVE_INFINITY;
  }

  private async workOff(queue: QueueName, worker: FunctionName): Promise<void> {
    while (this.dueOf(queue) <= this.clock) {
      const messages = this.receive(queue);
      if (messages.length === 0) return;
      const kept =
        queue === 'escalation' ? messages.filter(() => !this.random.chance(this.weather.lost)) : messages;
      const records = kept.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
        ...{ messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes },
        eventSourceARN: `arn:aws:sqs:eu-central-1:1:${queue}`,
      }));
      const answer = (await this.invoke(worker, { Records: records })) as SQSBatchResponse | undefined;
      const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const done = answer === undefined ? [] : messages.filter(({ MessageId }) => !failed.has(MessageId));
      for (const { ReceiptHandle } of done)
        this.ask('DeleteMessage', { QueueUrl: queueUrl(queue), ReceiptHandle });
    }
  }

  /** The stream tells of each fact again, until its reader has it. */
  private async fanOut(): Promise<void> {
    const changes = this.table.changes(this.read);
    const last = changes.at(-1)?.sequence;
    const facts = changes.filter(({ after }) => after?.kind === 'fact' && after.react === 'yes');
    const records = facts.map(({ after = {} }) => ({
      eventName: 'INSERT',
      dynamodb: { NewImage: imageOf(after) },
    }));
    if (records.length === 0 || (await this.invoke('FanOut', { Records: records })) !== undefined)
      this.read = last ?? this.read;
  }

  private receive(queue: QueueName): readonly Received[] {
    const answer = this.ask('ReceiveMessage', {
      QueueUrl: queueUrl(queue),
      MaxNumberOfMessages: queueTimes.batch,
      MessageSystemAttributeNames: ['All'],
      VisibilityTimeout: queueTimes.visibility,
    });
    return (answer as { readonly Messages?: readonly Received[] } | undefined)?.Messages ?? [];
  }

  private ask(operation: string, input: object): unknown {
    const { faults } = this.queues;
    this.queues.faults = {};
    const answer = this.queues.call(operation, input);
    this.queues.faults = faults;
    return answer;
  }

  /** The answer of a function; undefined when it died. */
  private async invoke(name: FunctionName, event: object): Promise<unknown> {
    const environment = this.environments.get(name) ?? this.start(name);
    if (!this.random.chance(this.weather.kills)) return this.answer(environment, event);
    const death = Promise.withResolvers<undefined>();
    this.doomed.set(environment, { calls: this.random.whole(0, 12), die: () => death.resolve(undefined) });
    const ended = await Promise.race([this.answer(environment, event), death.promise]);
    this.doomed.delete(environment);
    this.environments.delete(name);
    return ended;
  }

  private answer(environment: Environment, event: object): Promise<unknown> {
    const remaining = { getRemainingTimeInMillis: () => 10_000 };
    // What a schedule throws is logged; the next one comes in a minute.
    return environment.handler(event, remaining).then(
      (answer) => answer ?? 'done',
      () => undefined,
    );
  }

  private start(name: FunctionName): Environment {
    const environment = new Environment(name, ++this.places, 0, {
      program: this.program,
      variables: settings,
      random: this.random,
      now: () => this.clock,
      send: (from, service, operation, input) => this.send(from, service, operation, input),
      pass: () => Promise.resolve(),
      logged: () => undefined,
    });
    this.environments.set(name, environment);
    return environment;
  }

  private async send(
    from: Environment,
    service: Service,
    operation: string,
    input: unknown,
  ): Promise<unknown> {
    const doom = this.doomed.get(from);
    if (doom !== undefined && doom.calls-- <= 0) {
      doom.die();
      return new Promise(() => undefined);
    }
    const engine = this.engines[service];
    if (engine === undefined) throw new Error(`There is no ${service} here`);
    return engine.call(operation, input);
  }
}

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: object;
}

function incidentDue(place: number, dueAt: Instant): Incident {
  const id = idOf('incident', BEGIN, String(place));
  const fact = {
    type: 'incident.opened',
    occurredAt: BEGIN,
    data: {
      number: place + 1,
      title: `Timer ${place}`,
      severity: 'P1_CRITICAL',
      next: { step: 1, dueAt },
    },
  } as const;
  return evolveIncident(undefined, fact, { org, incidentId: id, actor: system('bench'), recordedAt: BEGIN });
}

function pageOf({ at, text, to, subject }: SentMail, due: ReadonlyMap<string, Instant>): TimedPage {
  const incident = /\/incidents\/(inc_\w+)/.exec(text)?.[1] ?? '';
  const level = to.startsWith('ann') ? 1 : 2;
  const dueAt = (due.get(incident) ?? Number.NaN) + (level - 1) * DELAY;
  return { incident, level, at, dueAt, again: subject.includes('possibly again') };
}
