import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type MockInstance, vi } from 'vitest';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { env, queues, queueTimes } from '../../shared/wiring/index.ts';
import { MemoryQueues } from '../simulation/engine/memory-queues.ts';
import { MemoryTable } from '../simulation/engine/memory-table.ts';
import { Random } from '../simulation/random.ts';
import { queueUrl, settings, theQueues } from '../simulation/setting.ts';
import { T0 } from './given.ts';

/** A mail as the provider took it. */
export interface Taken {
  readonly to: string;
  readonly at: Instant;
}

/** What happens to a worker with a mail: it may die before the provider took it, or before it could note that. */
export type Fate = 'sent' | 'dies before' | 'dies after';

type Worker = typeof import('../../functions/status/mail.queue.ts').handler;
type Event = Parameters<Worker>[0];

interface Queued {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

/** Milliseconds that the provider needs for one mail. */
const LATENCY = 40;

const mailing = queueUrl('mailing');
const forever = new Promise<never>(() => undefined);

interface FleetOptions {
  /** Mails that the account may send in a second; the provider refuses what is over. */
  readonly accountRate: number;
  /** Environments that can be started: as many as may die, beside those that work. */
  readonly deaths: number;
}

/**
 * The workers of bulk mail as AWS runs them: environments of the real function, each with a memory of its own, over a table and
 * queues in memory that deliver some messages twice, on a clock that jumps to whatever comes next.
 */
export async function startMailingFleet({ accountRate, deaths }: FleetOptions) {
  const time = new VirtualTime();
  const random = new Random(82);
  const around = { now: time.now, chance: () => random.next() };
  const table = new MemoryTable(around);
  const lines = new MemoryQueues({ queues: theQueues, ...around, faults: { undeleted: 0.02 } });
  const provider = new Provider(time, accountRate);
  const played = [
    play(DynamoDBDocumentClient, (operation, input) => table.call(operation, input)),
    play(SQSClient, (operation, input) => lines.call(operation, input)),
    play(SESv2Client, (_, input) => provider.mail(input)),
    play(SESClient, () => ({ MaxSendRate: accountRate })),
    play(SecretsManagerClient, () => ({ SecretString: 'secret' })),
  ];
  Object.assign(process.env, settings, {
    [env.mailingQueue]: mailing,
    [env.publishQueue]: queueUrl('publish'),
    [env.statusUrl]: 'https://status.example.com',
  });
  const environments: Worker[] = [];
  while (environments.length < queues.mailing.workers + deaths) environments.push(await environment(time));
  const workers = new Workers(time, lines, environments);
  return {
    ...{ table, lines, time, provider },
    /** Modules for whatever else a test runs in this world. */
    modules: () => newModules(time),
    /** Lets the workers work until nothing is left to do; after a time they begin nothing more. */
    settle: (until?: Instant) => workers.settle(until),
    stop() {
      for (const spy of played) spy.mockRestore();
      vi.restoreAllMocks();
      vi.resetModules();
    },
  };
}

/** A clock that stands still until somebody waits for it. */
class VirtualTime {
  #now: Instant = T0;
  readonly #sleepers: { readonly at: Instant; readonly wake: () => void }[] = [];

  readonly now = (): Instant => this.#now;

  readonly pause = (time: Duration): Promise<void> =>
    new Promise((wake) => {
      const at = this.#now + time;
      const place = this.#sleepers.findLastIndex((other) => other.at <= at) + 1;
      this.#sleepers.splice(place, 0, { at, wake });
    });

  /** Lets time pass while nobody works. */
  pass(time: Duration): void {
    this.#now += time;
  }

  /** Goes on to the next who waits, or to this time if that is earlier; false when there is nothing to wait for. */
  next(other = Number.POSITIVE_INFINITY): boolean {
    const next = Math.min(this.#sleepers[0]?.at ?? Number.POSITIVE_INFINITY, other);
    if (next === Number.POSITIVE_INFINITY) return false;
    this.#now = Math.max(this.#now, next);
    while ((this.#sleepers[0]?.at ?? Number.POSITIVE_INFINITY) <= this.#now) this.#sleepers.shift()?.wake();
    return true;
  }
}

/** A provider that takes so many mails in a second and refuses what is over. */
class Provider {
  readonly taken: Taken[] = [];
  readonly refused: Taken[] = [];
  /** Decides what becomes of each mail. */
  fateOf: (to: string) => Fate = () => 'sent';
  readonly #time: VirtualTime;
  readonly #rate: number;

  constructor(time: VirtualTime, rate: number) {
    this.#time = time;
    this.#rate = rate;
  }

  async mail(input: { readonly Destination?: { readonly ToAddresses?: readonly string[] } }) {
    const [to = ''] = input.Destination?.ToAddresses ?? [];
    await this.#time.pause(LATENCY);
    const at = this.#time.now();
    if ((this.taken.at(-this.#rate)?.at ?? 0) > at - SECOND) {
      this.refused.push({ to, at });
      throw new TooManyRequestsException({ $metadata: {}, message: 'Maximum sending rate exceeded.' });
    }
    const fate = this.fateOf(to);
    if (fate !== 'dies before') this.taken.push({ to, at });
    return fate === 'sent' ? { MessageId: `m${this.taken.length}` } : forever;
  }
}

/** Environments that work off the queue, and those that take the place of one that died. */
class Workers {
  readonly #time: VirtualTime;
  readonly #lines: MemoryQueues;
  readonly #spare: Worker[];
  readonly #idle: Worker[];

  constructor(time: VirtualTime, lines: MemoryQueues, environments: Worker[]) {
    this.#time = time;
    this.#lines = lines;
    this.#spare = environments;
    this.#idle = environments.splice(0, queues.mailing.workers);
  }

  async settle(until = Number.POSITIVE_INFINITY): Promise<void> {
    const faults: unknown[] = [];
    const { now } = this.#time;
    do {
      if (now() < until) this.#begin(faults);
      await new Promise(setImmediate);
      if (faults.length > 0) throw faults[0];
    } while (
      this.#time.next(this.#idle.length > 0 && now() < until ? this.#lines.nextDue('mailing') : undefined)
    );
  }

  /** Hands out what is there; the faults of work that went wrong come out here. */
  #begin(faults: unknown[]): void {
    while (this.#idle.length > 0) {
      const message = this.#receive();
      const worker = message && this.#idle.pop();
      if (message === undefined || worker === undefined) return;
      this.#run(worker, message).catch((fault: unknown) => faults.push(fault));
    }
  }

  #receive(): Queued | undefined {
    const answer = this.#lines.call('ReceiveMessage', {
      ...{ QueueUrl: mailing, MaxNumberOfMessages: queues.mailing.batch },
      ...{ VisibilityTimeout: queueTimes.visibility, MessageSystemAttributeNames: ['All'] },
    }) as { readonly Messages?: readonly Queued[] };
    return answer.Messages?.[0];
  }

  /** One message in one environment; whatever takes longer than a function may is ended, and another environment takes its place. */
  async #run(worker: Worker, { Body, MessageId, ReceiptHandle, Attributes }: Queued): Promise<void> {
    const { now, pause } = this.#time;
    const life = queueTimes.functionTimeout * SECOND;
    const deadline = now() + life;
    const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes };
    const Records = [{ ...record, eventSourceARN: 'arn:aws:sqs:eu-central-1:1:mailing' }];
    const work = worker({ Records } as unknown as Event, {
      getRemainingTimeInMillis: () => deadline - now(),
    });
    const answer = await Promise.race([work, pause(life).then(() => undefined)]);
    if (answer?.batchItemFailures.length === 0)
      this.#lines.call('DeleteMessage', { QueueUrl: mailing, ReceiptHandle });
    const next = answer === undefined ? this.#spare.pop() : worker;
    if (next === undefined) throw new Error('More environments died than were thought of');
    this.#idle.push(next);
  }
}

async function environment(time: VirtualTime): Promise<Worker> {
  await newModules(time);
  return (await import('../../functions/status/mail.queue.ts')).handler;
}

/** Lets every client of a class be answered by a function of the operation's name. */
function play(
  client: { readonly prototype: object },
  answer: (operation: string, input: never) => unknown,
): MockInstance {
  const prototype = client.prototype as { send(command: { readonly input: unknown }): Promise<unknown> };
  return vi
    .spyOn(prototype, 'send')
    .mockImplementation(async (command) =>
      answer(command.constructor.name.replace(/Command$/, ''), command.input as never),
    );
}

/** Begins modules anew, as an environment does that was just started. */
async function newModules({ now, pause }: VirtualTime): Promise<void> {
  vi.resetModules();
  const { clock } = await import('../../functions/aws/clock.ts');
  Object.assign(clock, { now, pause });
  const { log } = await import('../../functions/edge/log.ts');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
}
