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
  let now: Instant = T0;
  const sleepers: { readonly at: Instant; readonly wake: () => void }[] = [];
  const pause = (time: Duration) =>
    new Promise<void>((wake) => {
      const at = now + time;
      const place = sleepers.findLastIndex((other) => other.at <= at) + 1;
      sleepers.splice(place, 0, { at, wake });
    });
  const random = new Random(82);
  const around = { now: () => now, chance: () => random.next() };
  const table = new MemoryTable(around);
  const lines = new MemoryQueues({ queues: theQueues, ...around, faults: { undeleted: 0.02 } });
  const taken: Taken[] = [];
  const refused: Taken[] = [];
  let fateOf: (to: string) => Fate = () => 'sent';

  async function mail(input: { readonly Destination?: { readonly ToAddresses?: readonly string[] } }) {
    const [to = ''] = input.Destination?.ToAddresses ?? [];
    await pause(LATENCY);
    if ((taken.at(-accountRate)?.at ?? 0) > now - SECOND) {
      refused.push({ to, at: now });
      throw new TooManyRequestsException({ $metadata: {}, message: 'Maximum sending rate exceeded.' });
    }
    const fate = fateOf(to);
    if (fate !== 'dies before') taken.push({ to, at: now });
    return fate === 'sent' ? { MessageId: `m${taken.length}` } : forever;
  }
  const played = [
    play(DynamoDBDocumentClient, (operation, input) => table.call(operation, input)),
    play(SQSClient, (operation, input) => lines.call(operation, input)),
    play(SESv2Client, (_, input) => mail(input)),
    play(SESClient, () => ({ MaxSendRate: accountRate })),
    play(SecretsManagerClient, () => ({ SecretString: 'secret' })),
  ];
  Object.assign(process.env, settings, {
    [env.mailingQueue]: mailing,
    [env.publishQueue]: queueUrl('publish'),
    [env.statusUrl]: 'https://status.example.com',
  });
  const environment = async (): Promise<Worker> => {
    await newModules(() => now, pause);
    return (await import('../../functions/status/mail.queue.ts')).handler;
  };
  const spare: Worker[] = [];
  while (spare.length < queues.mailing.workers + deaths) spare.push(await environment());
  const idle = spare.splice(0, queues.mailing.workers);

  /** One message in one environment; whatever takes longer than a function may is ended, and another environment takes its place. */
  async function run(worker: Worker, { Body, MessageId, ReceiptHandle, Attributes }: Queued) {
    const life = queueTimes.functionTimeout * SECOND;
    const deadline = now + life;
    const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes };
    const Records = [{ ...record, eventSourceARN: 'arn:aws:sqs:eu-central-1:1:mailing' }];
    const work = worker({ Records } as unknown as Event, {
      getRemainingTimeInMillis: () => deadline - now,
    });
    const answer = await Promise.race([work, pause(life).then(() => undefined)]);
    if (answer?.batchItemFailures.length === 0)
      lines.call('DeleteMessage', { QueueUrl: mailing, ReceiptHandle });
    const next = answer === undefined ? spare.pop() : worker;
    if (next === undefined) throw new Error('More environments died than were thought of');
    idle.push(next);
  }

  function receive(): Queued | undefined {
    const answer = lines.call('ReceiveMessage', {
      ...{ QueueUrl: mailing, MaxNumberOfMessages: queues.mailing.batch },
      ...{ VisibilityTimeout: queueTimes.visibility, MessageSystemAttributeNames: ['All'] },
    }) as { readonly Messages?: readonly Queued[] };
    return answer.Messages?.[0];
  }

  /** Hands out what is there; the faults of work that went wrong come out here. */
  function begin(faults: unknown[]): void {
    while (idle.length > 0) {
      const message = receive();
      const worker = message && idle.pop();
      if (message === undefined || worker === undefined) return;
      run(worker, message).catch((fault: unknown) => faults.push(fault));
    }
  }
  return {
    ...{ table, lines, taken, refused },
    now: () => now,
    /** Lets time pass while nobody works. */
    pass(time: Duration) {
      now += time;
    },
    /** Decides what becomes of each mail from now on. */
    fates(next: typeof fateOf) {
      fateOf = next;
    },
    /** Modules for whatever else a test runs in this world. */
    modules: () => newModules(() => now, pause),
    /** Lets the workers work until nothing is left to do; after a time they begin nothing more. */
    async settle(until = Number.POSITIVE_INFINITY): Promise<void> {
      const faults: unknown[] = [];
      for (;;) {
        if (now < until) begin(faults);
        await new Promise(setImmediate);
        if (faults.length > 0) throw faults[0];
        const line = idle.length > 0 && now < until ? lines.nextDue('mailing') : undefined;
        const next = Math.min(sleepers[0]?.at ?? Number.POSITIVE_INFINITY, line ?? Number.POSITIVE_INFINITY);
        if (next === Number.POSITIVE_INFINITY) return;
        now = Math.max(now, next);
        while ((sleepers[0]?.at ?? Number.POSITIVE_INFINITY) <= now) sleepers.shift()?.wake();
      }
    },
    stop() {
      for (const spy of played) spy.mockRestore();
      vi.restoreAllMocks();
      vi.resetModules();
    },
  };
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
async function newModules(now: () => Instant, pause: (time: Duration) => Promise<void>): Promise<void> {
  vi.resetModules();
  const { clock } = await import('../../functions/aws/clock.ts');
  Object.assign(clock, { now, pause });
  const { log } = await import('../../functions/edge/log.ts');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
}
