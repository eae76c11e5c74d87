import { apiClient } from '../../infra/demo/api-client.ts';
import { PROTOCOL_VERSION, type ServerMessage } from '../../shared/war-room/index.ts';
import { accounts } from './accounts.ts';
import { now } from './clock.ts';
import { type Contender, type Settled, startContender } from './contender.ts';
import { figure, percentile, ratio, textTable } from './figures.ts';
import { Crowd, type Outcome, type Room } from './room-crowd.ts';

/**
 * How many are in the room, and how many messages a second they say together at most. A frame to one connection takes some 3 ms of
 * a core here, clients and all, so two cores bear 200 frames a second with room to spare. On a machine that bears less, the next
 * message waits until all have the one before: what is told is how long a message takes, and not how long a queue is.
 */
const sizes = [
  { clients: 50, perSecond: 4, warmUp: 40, messages: 200 },
  { clients: 500, perSecond: 0.4, warmUp: 8, messages: 60 },
  { clients: 2_000, perSecond: 0.1, warmUp: 3, messages: 20 },
] as const;
type Size = (typeof sizes)[number];

/** Accounts that the connections share: signing in is not what is measured. */
const PEOPLE = 10;

/** Who opens a connection waits for a ticket and for an answer of the room; so many at once. */
const AT_ONCE = 8;

/** So long those are waited for who lack something at the end. */
const PATIENCE = 30_000;

/** A message in a room until all have it, in rooms of up to so many. */
export async function room(_assembly: string, most = Number.POSITIVE_INFINITY): Promise<string> {
  const said = [
    'room: a message said → there at every connection, in milliseconds; the clients are in a process of their own',
  ];
  for (const size of sizes.filter(({ clients }) => clients <= most)) said.push(await roomOf(size));
  return said.join('\n');
}

async function roomOf(size: Size): Promise<string> {
  const ours = await startContender('local-system.ts', 'observed');
  const bare = await startContender('room-server.ts');
  const crowds = [new Crowd(await systemRoom(ours)), new Crowd(bareRoom(bare.url))] as const;
  try {
    for (const crowd of crowds) await crowd.enter(size.clients, AT_ONCE);
    await talk(crowds, 'warm', size, size.warmUp);
    for (const crowd of crowds) crowd.take();
    await ours.settle();
    const rate = await talk(crowds, 'said', size, size.messages);
    for (const crowd of crowds) await crowd.caughtUp(PATIENCE);
    return told(
      { ...size, rate },
      crowds.map((crowd) => crowd.take()) as [Outcome, Outcome],
      await ours.settle(),
    );
  } finally {
    for (const crowd of crowds) crowd.leave();
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

/** Both rooms in turns, message by message, so that other work on the machine meets both. */
async function talk(crowds: readonly Crowd[], name: string, { perSecond }: Size, count: number) {
  const begun = now();
  let next = begun;
  for (let i = 0; i < count * crowds.length; i++) {
    if (next > now()) await new Promise((resolve) => setTimeout(resolve, next - now()));
    next = now() + 1_000 / perSecond / crowds.length;
    await crowds[i % crowds.length]?.say(`${name}-message-${i}`, PATIENCE);
  }
  return count / ((now() - begun) / 1_000);
}

const bareRoom = (url: string): Room => ({
  address: async () => url,
  joining: undefined,
  message: (id, text) => JSON.stringify({ id, text }),
  read(frame) {
    const heard = JSON.parse(frame) as { readonly seq: number; readonly text: string };
    return { messages: [heard], last: heard.seq };
  },
});

/** The room of a new incident of the demo organisation, with some accounts to open connections with. */
async function systemRoom({ addresses }: Contender): Promise<Room> {
  if (addresses === undefined) throw new Error('The local system tells no addresses');
  const call = apiClient(addresses.api, addresses.token);
  const { body } = await call('POST', '/api/incidents', { title: 'Bench', severity: 'P4_LOW' });
  const incident = String(body.id);
  const people = await accounts(addresses, PEOPLE);
  let next = 0;
  const about = { v: PROTOCOL_VERSION, incident };
  return {
    async address() {
      const answer = await people[next++ % people.length]?.('POST', '/api/war-room/tickets');
      return `${addresses.socket}?ticket=${answer?.body.ticket}`;
    },
    joining: (after) => JSON.stringify({ ...about, type: 'join', after }),
    message: (id, text) => JSON.stringify({ ...about, type: 'chat', id, text }),
    read: (text) => newsIn(JSON.parse(text) as ServerMessage),
  };
}

function newsIn(frame: ServerMessage): ReturnType<Room['read']> {
  if (frame.type === 'error') throw new Error(`The room refused: ${frame.message}`);
  if (frame.type !== 'facts' && frame.type !== 'joined' && frame.type !== 'accepted')
    return { messages: [], last: 0 };
  const messages = frame.facts.map(({ seq, data }) => ({
    seq,
    ...(typeof data.text === 'string' && { text: data.text }),
  }));
  return { messages, last: frame.last };
}

function told(
  { clients, perSecond, messages, rate }: Size & { readonly rate: number },
  [ours, bare]: readonly [Outcome, Outcome],
  { calls }: Settled,
): string {
  const row = (what: string, of: (outcome: Outcome) => readonly number[]) => {
    const figures = [ours, bare].map((one) => [percentile(of(one), 0.5), percentile(of(one), 0.99)] as const);
    const [[p50, p99], [bare50, bare99]] = figures as [readonly [number, number], readonly [number, number]];
    return [what, ...[p50, p99, bare50, bare99].map(figure), ratio(p50, bare50), ratio(p99, bare99)];
  };
  const posts = calls.filter(({ operation }) => operation === 'PostToConnection');
  const by = [...Map.groupBy(posts, (call) => call.function)].map(
    ([name, own]) => `${name} ${figure(own.length / messages)}`,
  );
  return [
    `\n  ${clients} connections, ${messages} messages in each room in turns, at most ${perSecond} a second; it was ${figure(rate)}`,
    textTable(
      ['', 'ours p50', 'p99', 'bare p50', 'p99', 'ratio p50', 'p99'],
      [row('at one of them', ({ each }) => each), row('at the last of them', ({ last }) => last)],
    ),
    `  calls of @connections per message: ${figure(posts.length / messages)} (${by.join(', ')})`,
    `  in the end lost ${ours.lost} (bare ${bare.lost}), there twice ${ours.repeated} (bare ${bare.repeated})`,
  ].join('\n');
}
