import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { settle } from '../../infra/demo/welcome.ts';
import { movingClock } from '../../infra/local/clock.ts';
import { type LocalOptions, startLocal } from '../../infra/local/runner.ts';
import type { LocalSystem } from '../../infra/local/system.ts';
import { altered, type Standing } from '../costs/altered.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { now } from './clock.ts';
import { figure, textTable } from './figures.ts';
import { sendAtOnce } from './load.ts';
import { backlogWorld } from './storm-world.ts';
import type { Webhook } from './webhook.ts';

const ARRIVAL = 50;
const IN_FLIGHT = 32;
const MINUTE = 60_000;
/** Services of each kind among the messages; the others are repetitions that page nobody. */
const SERVICES = 20;
const NOISE = 100;
/** Nobody waits longer than this for a page after the detector is back. */
const LONGEST_HELD = 7 * MINUTE;

const kinds = {
  over: 'fired and ended while nobody looked',
  burning: 'fired last and still fire',
} as const;
type Kind = keyof typeof kinds;

/** A detector that stood still for half an hour: how fast it works off what waits, and whom that pages. */
export async function backlog(assembly: string, messages = 10_000): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'bench-'));
  const clock = movingClock();
  const still = await altered(assembly, isMappingOfAlerts, { Enabled: false });
  try {
    const filled = await fill({ assembly: still.folder, data, clock, quiet: true }, messages);
    const drained = await drain({ assembly, data, clock, quiet: true });
    return `${told(messages, filled, drained)}\n\n${await backlogWorld()}`;
  } finally {
    await still.remove();
    await rm(data, { recursive: true, force: true });
  }
}

const isMappingOfAlerts = ({ Type, Properties }: Standing): boolean =>
  Type === 'AWS::Lambda::EventSourceMapping' && JSON.stringify(Properties).includes('AlertsQueue');

/** Sends all webhooks in half an hour of the moved clock, with nobody behind the queue; gives how many a second were taken. */
async function fill(options: LocalOptions, messages: number): Promise<number> {
  const system = await startLocal(options);
  try {
    const { webhooks } = await settle(system);
    const url = webhooks.alertmanager ?? '';
    const begun = new Date(system.clock.now()).toISOString();
    const noise = Math.floor((messages - 3 * SERVICES) / 2);
    const rest = messages - 3 * SERVICES - noise;
    const spent: number[] = [];
    const send = async (posts: readonly Webhook[]) => {
      const from = now();
      await sendAtOnce(url, posts, IN_FLIGHT);
      spent.push(now() - from);
    };
    const wait = () => system.clock.fastForward(15 * MINUTE);
    const ended = () => new Date(system.clock.now()).toISOString();
    await send([...ofKind('over', begun), ...repeats(noise, begun)]);
    await wait();
    await send(ofKind('over', begun, ended()));
    await wait();
    await send([...repeats(rest, begun), ...ofKind('burning', ended())]);
    return messages / (spent.reduce((a, b) => a + b, 0) / 1_000);
  } finally {
    await system.stop();
  }
}

const ofKind = (kind: Kind, startsAt: string, endsAt?: string): readonly Webhook[] =>
  Array.from({ length: SERVICES }, (_, i) => post(`${kind}-${i}`, 'critical', startsAt, endsAt));

const repeats = (count: number, startsAt: string): readonly Webhook[] =>
  Array.from({ length: count }, (_, i) => post(`noise-${i % NOISE}`, 'info', startsAt));

function post(service: string, severity: string, startsAt: string, endsAt?: string): Webhook {
  const labels = { alertname: 'Backlog', severity, service };
  const alert = { labels, startsAt, ...(endsAt !== undefined && { endsAt }) };
  return { token: service, body: Buffer.from(JSON.stringify(alertmanagerBody([alert]))) };
}

interface Drained {
  /** Until the queue of alerts was empty, and until nothing more happened. */
  readonly seconds: number;
  readonly idleSeconds: number;
  /** How many of each kind somebody was paged about: at once, and in the minutes for which old alerts are held back. */
  readonly atOnce: Readonly<Record<Kind, number>>;
  readonly paged: Readonly<Record<Kind, number>>;
}

async function drain(options: LocalOptions): Promise<Drained> {
  const system = await startLocal(options);
  const begun = now();
  try {
    await untilEmpty(system);
    const seconds = (now() - begun) / 1_000;
    await system.idle();
    const idleSeconds = (now() - begun) / 1_000;
    const atOnce = await pagedBy(system);
    await system.clock.fastForward(LONGEST_HELD);
    return { seconds, idleSeconds, atOnce, paged: await pagedBy(system) };
  } finally {
    await system.stop();
  }
}

async function untilEmpty({ engines, all }: LocalSystem): Promise<void> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = new SQSClient({ endpoint: engines.sqs, region: 'us-east-1', credentials });
  const QueueUrl = all('AWS::SQS::Queue').find(({ id }) => id.startsWith('StoresAlertsQueue'))?.identity.ref;
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  try {
    for (;;) {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
      );
      if (names.every((name) => Attributes[name] === '0')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    client.destroy();
  }
}

async function pagedBy({ engines }: LocalSystem): Promise<Readonly<Record<Kind, number>>> {
  const inbox = (await (await fetch(`${engines.ses}/store`)).json()) as {
    readonly emails: readonly { readonly body: { readonly text: string } }[];
  };
  const count = (kind: Kind) =>
    inbox.emails.filter(({ body }) => new RegExp(`service=${kind}-\\d`).test(body.text)).length;
  return { over: count('over'), burning: count('burning') };
}

function told(messages: number, filled: number, { seconds, idleSeconds, atOnce, paged }: Drained): string {
  const perSecond = messages / seconds;
  return [
    `backlog: ${messages} messages wait for a detector that stood still for half an hour; promised is 5× the arrival of ${ARRIVAL} a second`,
    textTable(
      ['', 'a second', 'times the arrival'],
      [
        [
          'taken by the webhook, with nobody behind the queue',
          figure(filled),
          `${figure(filled / ARRIVAL)}×`,
        ],
        ['worked off', figure(perSecond), `${figure(perSecond / ARRIVAL)}×`],
      ],
    ),
    `  ${figure(seconds)} s until the queue was empty, ${figure(idleSeconds)} s until nothing more happened`,
    ...(Object.keys(kinds) as Kind[]).map(
      (kind) => `  ${SERVICES} ${kinds[kind]}: ${atOnce[kind]} paged at once, ${paged[kind]} in all`,
    ),
  ].join('\n');
}
