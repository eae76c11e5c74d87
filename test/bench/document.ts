import * as Y from 'yjs';
import { apiClient } from '../../infra/demo/api-client.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { luckFrom } from '../support/room-network.ts';
import { accounts } from './accounts.ts';
import { now } from './clock.ts';
import { type Contender, startContender } from './contender.ts';
import { edit, type Line, relayWriter, roomWriter, until, type Writer } from './document-writers.ts';
import { figure, ratio, textTable } from './figures.ts';
import type { Traffic } from './lossy-socket.ts';

const WRITERS = 5;
const EDITS = 2_000;
/** Edits a second, all together: as fast as five people type who never think. */
const RATE = 100;
const WARM_UP = 50;
const SEED = 7;

/** The share of frames that are lost each way, and after how many edits somebody's connection is cut. */
const bad = { loss: 0.03, cutEvery: 200 };
const good = { loss: 0, cutEvery: Number.POSITIVE_INFINITY };

/** One way of writing together. */
interface Way {
  readonly name: string;
  readonly traffic: Traffic;
  readonly cutEvery: number;
  writer(number: number): Promise<Writer>;
}

interface Outcome {
  readonly name: string;
  /** From the last edit until all are equal, in milliseconds. */
  readonly equalAfter: number;
  readonly traffic: Traffic;
  readonly cuts: number;
  readonly characters: number;
}

/** Five people write at once, with and without a bad network: until all copies and what is stored are the same. */
export async function document(): Promise<string> {
  const ours = await startContender('local-system.ts');
  const relay = await startContender('document-relay.ts');
  try {
    const call = await accounts(addressesOf(ours), WRITERS + 1);
    const room = async (name: string, { loss, cutEvery }: typeof bad): Promise<Way> => {
      const line = lineOf(loss);
      const door = { socket: addressesOf(ours).socket, incident: await opened(ours) };
      const writer = (i: number) => {
        const own = call[i];
        if (own === undefined) throw new Error('There is no such account');
        return roomWriter({ ...door, call: own }, i < WRITERS ? line : lineOf(0));
      };
      return { name, cutEvery, traffic: line.traffic, writer };
    };
    const { traffic } = lineOf(0);
    const bare = { ...good, name: 'bare', traffic, writer: () => relayWriter(relay.url, traffic) };
    await write({ ...(await room('warm', good)) }, WARM_UP);
    const outcomes = [];
    for (const way of [await room('ours, bad network', bad), await room('ours', good), bare])
      outcomes.push(await write(way, EDITS));
    return told(outcomes);
  } finally {
    await Promise.all([ours.stop(), relay.stop()]);
  }
}

function addressesOf({ addresses }: Contender): NonNullable<Contender['addresses']> {
  if (addresses === undefined) throw new Error('The local system tells no addresses');
  return addresses;
}

const lineOf = (loss: number): Line => ({
  ...{ loss, luck: luckFrom(SEED) },
  traffic: { updates: 0, sentBytes: 0, heardBytes: 0, dropped: 0 },
});

async function opened(ours: Contender): Promise<IncidentId> {
  const { api, token } = addressesOf(ours);
  const { body } = await apiClient(api, token)('POST', '/api/incidents', {
    title: 'Bench',
    severity: 'P4_LOW',
  });
  return body.id as IncidentId;
}

/** All write; then whoever comes last must find what each of them has. */
async function write(way: Way, edits: number): Promise<Outcome> {
  const luck = luckFrom(SEED);
  const writers = await Promise.all(Array.from({ length: WRITERS }, (_, i) => way.writer(i)));
  let cuts = 0;
  const begun = now();
  for (let i = 1; i <= edits; i++) {
    const early = begun + (i * 1_000) / RATE - now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const one = writers[Math.floor(luck() * WRITERS)];
    if (one) edit(one, luck);
    if (i % way.cutEvery !== 0) continue;
    one?.cut();
    cuts += 1;
  }
  const last = now();
  await until(() => writers.every((one) => one.isDone()) && areEqual(writers));
  const equalAfter = now() - last;
  const late = await way.writer(WRITERS);
  if (!areEqual([...writers, late]))
    throw new Error(`${way.name}: what is stored is not what the writers have`);
  for (const one of [...writers, late]) one.leave();
  const characters = late.text.length;
  return { name: way.name, equalAfter, traffic: { ...way.traffic }, cuts, characters };
}

/** The same text, made of the same insertions and deletions. */
function areEqual(writers: readonly Writer[]): boolean {
  const [first, ...others] = writers.map(({ copy }) => Y.snapshot(copy));
  const text = writers[0]?.text.toString();
  if (first === undefined || writers.some((one) => one.text.toString() !== text)) return false;
  return others.every((one) => Y.equalSnapshots(first, one));
}

function told(outcomes: readonly Outcome[]): string {
  const base = outcomes.at(-1);
  const rows = outcomes.map(({ name, equalAfter, traffic, cuts, characters }) => {
    const { updates, sentBytes, heardBytes, dropped } = traffic;
    return [
      name,
      ...[equalAfter, updates, sentBytes / 1_000, heardBytes / 1_000, dropped, cuts, characters].map(figure),
      ratio(equalAfter, base?.equalAfter ?? Number.NaN),
      ratio(sentBytes, base?.traffic.sentBytes ?? Number.NaN),
    ];
  });
  const head = ['', 'ms until equal', 'updates', 'KB sent', 'KB heard', 'lost frames', 'cuts', 'characters'];
  return [
    `document: ${EDITS} edits by ${WRITERS} people, ${RATE} a second; from the last one until all copies and what is stored are equal.`,
    `  A bad network loses ${bad.loss * 100} % of frames each way and cuts somebody off every ${bad.cutEvery} edits; the relay in the last line could not heal that`,
    textTable([...head, 'ratio ms', 'KB sent'], rows),
  ].join('\n');
}
