import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactView } from '../../../shared/incidents/index.ts';
import { HOUR, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import {
  type ClientFrame,
  factsFrame,
  headOf,
  newClient,
  PROTOCOL_VERSION,
  type RoomClient,
  type ServerMessageOf,
  stepClient,
  times,
  wakeAt,
} from '../../../shared/war-room/index.ts';
import { incident, RoomNetwork } from '../../support/room-network.ts';

const chat = (id: string, text = id) =>
  ({ v: PROTOCOL_VERSION, type: 'chat', incident, id: `message-${id}`, text }) as const;

/** Connects two clients over a good network. */
function together(count = 2): RoomNetwork {
  const network = new RoomNetwork(1, count);
  network.run(SECOND);
  return network;
}
const textsOf = ({ facts }: RoomClient) => facts.map(({ data }) => data.text);
const clientOf = (network: RoomNetwork, i: number): RoomClient => {
  const client = network.members[i]?.client;
  if (!client) throw new Error('No such client');
  return client;
};
const framesOf = (network: RoomNetwork, type: ClientFrame['type'], from = 0) =>
  network.sent.filter((one) => one.from === from && one.frame.type === type).map(({ at }) => at);

describe('a client of a room', () => {
  it('names people in the order of the alphabet, in whichever order they come, and each once', () => {
    const come = (client: RoomClient, name: string) => {
      const person = { id: `per_${name}`, name };
      const frame = { v: PROTOCOL_VERSION, type: 'presence', incident, person, here: true } as const;
      return stepClient(client, { is: 'heard', frame }, { now: 0, luck: 0 })[0];
    };
    const names = fc.array(fc.constantFrom('Ann', 'Ben', 'Cem', 'Dana', 'Eve', 'Fay'));
    fc.assert(
      fc.property(names, (inTurn) => {
        const { people } = inTurn.reduce(come, newClient(incident));
        expect(people.map(({ name }) => name)).toEqual([...new Set(inTurn)].sort());
      }),
    );
  });

  it('[WR4] takes facts in order; what is beyond a hole waits, and the hole is asked for', () => {
    const network = together();
    network.happen(0, { is: 'say', frame: chat('a') });
    network.run(2 * SECOND);
    const fact = (seq: number): FactView => ({ ...(network.log[0] as FactView), seq, id: `fct_${seq}` });
    const heard: ServerMessageOf<'facts'> = {
      v: PROTOCOL_VERSION,
      type: 'facts',
      incident,
      facts: [fact(3)],
      last: 3,
    };
    const [client] = stepClient(clientOf(network, 1), { is: 'heard', frame: heard }, { now: 0, luck: 0 });
    expect(client).toMatchObject({ known: 1, last: 3, askAt: 300 });
    const [filled] = stepClient(
      client,
      { is: 'heard', frame: { ...heard, facts: [fact(2)], last: 2 } },
      { now: 10, luck: 0 },
    );
    expect(filled.facts.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(filled.askAt).toBeUndefined();
    const [, effects] = stepClient(client, { is: 'time' }, { now: 300, luck: 0 });
    expect(effects).toEqual([
      { do: 'send', frame: { v: PROTOCOL_VERSION, type: 'join', incident, after: 1 } },
    ]);
  });

  it('[WR3] asks until it is answered, also when facts come before the answer, which may be lost', () => {
    const network = together();
    network.happen(0, { is: 'say', frame: chat('a') });
    network.run(2 * SECOND);
    const facts = [...clientOf(network, 0).facts];
    const [closed] = stepClient(clientOf(network, 1), { is: 'closed' }, { now: 2_000, luck: 0 });
    const [joining] = stepClient({ ...closed, link: 'opening' }, { is: 'opened' }, { now: 3_000, luck: 0 });
    const frame = factsFrame(incident, facts);
    const [told] = stepClient(joining, { is: 'heard', frame }, { now: 3_100, luck: 0 });
    expect(told).toMatchObject({ link: 'joining', known: 1, last: 1, askAt: 4_000 });
    const [, effects] = stepClient(told, { is: 'time' }, { now: 4_000, luck: 0 });
    expect(effects).toMatchObject([{ do: 'send', frame: { type: 'join', after: 1 } }]);
  });

  it('[WR5] learns by a pong that it missed something', () => {
    const network = together();
    network.weather = { lost: 1, latest: 0 };
    network.happen(0, { is: 'say', frame: chat('lost') });
    network.weather = { lost: 0, latest: 20 };
    network.run(10 * SECOND);
    expect(network.log).toHaveLength(1);
    const [, second] = network.members;
    if (second) second.client = { ...second.client, facts: [], known: 0, last: 0 };
    network.run(40 * SECOND);
    expect(textsOf(clientOf(network, 1))).toEqual(['lost']);
  });

  it('[WR7] has one message on its way and sends it again after 2 s, 4 s, 8 s, then each 16 s, under the same id', () => {
    const network = together();
    network.weather = { lost: 1, latest: 0 };
    const start = network.now;
    network.happen(0, { is: 'say', frame: chat('one') });
    network.happen(0, { is: 'say', frame: chat('two') });
    network.run(start + 50 * SECOND);
    const sentAfter = framesOf(network, 'chat').map((at) => (at - start) / SECOND);
    expect(sentAfter).toEqual([0, 2, 6, 14, 30, 46]);
    expect(new Set(network.sent.flatMap(({ frame }) => (frame.type === 'chat' ? [frame.id] : []))).size).toBe(
      1,
    );
    network.weather = { lost: 0, latest: 20 };
    network.run(start + 70 * SECOND);
    expect(network.log.map(({ data }) => data.text)).toEqual(['one', 'two']);
  });

  it('[WR13] pings every 30 s, and opens anew when it has heard nothing for 75 s', () => {
    const network = together();
    network.run(3 * MINUTE);
    expect(framesOf(network, 'ping').length).toBe(5);
    network.weather = { lost: 1, latest: 0 };
    network.run(3 * MINUTE + 80 * SECOND);
    expect(clientOf(network, 0).link).not.toBe('open');
    network.weather = { lost: 0, latest: 20 };
    network.run(6 * MINUTE);
    expect(clientOf(network, 0).link).toBe('open');
  });

  it('[WR14] renews its connection before two hours are over, each client at another moment', () => {
    const network = together(8);
    network.run(2 * HOUR);
    const joined = network.members.map((_, i) => framesOf(network, 'join', i).at(-1) ?? 0);
    for (const at of joined) {
      expect(at).toBeGreaterThan(99 * MINUTE);
      expect(at).toBeLessThanOrEqual(times.longest + 2 * SECOND);
    }
    expect(new Set(joined.map((at) => Math.floor(at / (10 * SECOND)))).size).toBeGreaterThan(4);
  });

  it('[WR12] tells at most every 3 s that somebody types, and believes it of others for 5 s', () => {
    const network = together();
    for (let i = 0; i < 10; i++) {
      network.happen(0, { is: 'typed' });
      network.run(network.now + 0.5 * SECOND);
    }
    expect(framesOf(network, 'typing')).toHaveLength(2);
    const person = { id: 'per_1', name: 'Bob' };
    network.happen(0, { is: 'heard', frame: { v: PROTOCOL_VERSION, type: 'typing', incident, person } });
    expect([...clientOf(network, 0).typing.values()]).toMatchObject([{ name: 'Bob' }]);
    network.run(network.now + 5.1 * SECOND);
    expect(clientOf(network, 0).typing.size).toBe(0);
  });

  it('keeps what was refused for its author, and goes on with the next', () => {
    const network = together();
    network.weather = { lost: 1, latest: 0 };
    network.happen(0, { is: 'say', frame: chat('refused') });
    network.happen(0, { is: 'say', frame: chat('next') });
    const error = { v: PROTOCOL_VERSION, type: 'error', code: 'forbidden', rule: 'WR15' } as const;
    const about = { ...error, message: 'No.', id: 'message-refused' };
    network.weather = { lost: 0, latest: 20 };
    network.happen(0, { is: 'heard', frame: about });
    network.run(network.now + SECOND);
    expect(network.log.map(({ data }) => data.text)).toEqual(['next']);
    expect(clientOf(network, 0).outbox).toMatchObject([{ refused: 'No.', frame: { text: 'refused' } }]);
    network.happen(0, { is: 'again', id: 'message-refused' });
    network.run(network.now + SECOND);
    expect(clientOf(network, 0).outbox).toEqual([]);
  });

  it('waits when the server has too much to do, and shows a complaint that is about nothing it said', () => {
    const network = together();
    network.weather = { lost: 1, latest: 0 };
    network.happen(0, { is: 'say', frame: chat('later') });
    const error = {
      v: PROTOCOL_VERSION,
      type: 'error',
      code: 'limit',
      rule: 'WR17',
      message: 'Slower',
    } as const;
    network.happen(0, { is: 'heard', frame: { ...error, id: 'message-later' } });
    network.happen(0, { is: 'heard', frame: { ...error, rule: 'WR3' } });
    const sentBefore = framesOf(network, 'chat').length;
    network.run(network.now + 4 * SECOND);
    expect(framesOf(network, 'chat')).toHaveLength(sentBefore);
    network.run(network.now + 2 * SECOND);
    expect(framesOf(network, 'chat')).toHaveLength(sentBefore + 1);
    expect(clientOf(network, 0).complaint).toMatchObject({ rule: 'WR3' });
  });

  it('stops when it may not come in, and says why, until it is started again', () => {
    const [client, effects] = stepClient(newClient(incident), { is: 'start' }, { now: 0, luck: 0 });
    expect(effects).toEqual([{ do: 'open' }]);
    const because = 'The session is over.';
    const [refused] = stepClient(client, { is: 'refused', because }, { now: 1, luck: 0 });
    expect(refused).toMatchObject({ link: 'refused', because });
    expect(wakeAt(refused, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(stepClient(refused, { is: 'start' }, { now: 2, luck: 0 })[1]).toEqual([{ do: 'open' }]);
  });

  it('comes back apart from others after a cut, later each time, at most half a minute', () => {
    let client: RoomClient = { ...newClient(incident), link: 'opening' };
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      [client] = stepClient(client, { is: 'closed' }, { now: 0, luck: 1 });
      waits.push(client.retryAt ?? 0);
      client = { ...client, link: 'opening' };
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * SECOND));
    const [lucky] = stepClient(
      { ...newClient(incident), link: 'opening' },
      { is: 'closed' },
      { now: 0, luck: 0 },
    );
    expect(lucky.retryAt).toBe(250);
  });
});

describe('clients over a bad network', () => {
  it('[WR4] [WR6] [F72] [F73] have the same log in the end, with each message once and everybody in their own order', () => {
    const happening = fc.record({
      at: fc.integer({ min: 0, max: 60_000 }),
      who: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom('say', 'say', 'say', 'cut', 'vanish', 'bad', 'good'),
    });
    const plan = fc.array(happening, { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer(), plan, (seed, happenings) => {
        const network = new RoomNetwork(seed, 4);
        const said: string[][] = [[], [], [], []];
        for (const { at, who, what } of happenings.toSorted((a, b) => a.at - b.at)) {
          network.run(at);
          if (what === 'say') {
            const text = `${who} ${said[who]?.length}`;
            said[who]?.push(text);
            network.happen(who, { is: 'say', frame: chat(text.replace(' ', '-'), text) });
          } else if (what === 'cut') network.cut(who, true);
          else if (what === 'vanish') network.cut(who, false);
          else network.weather = what === 'bad' ? { lost: 0.3, latest: 3_000 } : { lost: 0, latest: 50 };
        }
        network.weather = { lost: 0, latest: 50 };
        network.run(10 * MINUTE);
        for (const { client } of network.members) {
          expect(client.facts).toEqual(network.log);
          expect(headOf(client)).toBeUndefined();
        }
        for (const [who, texts] of said.entries()) {
          const recorded = network.log
            .map(({ data }) => String(data.text))
            .filter((text) => text.startsWith(`${who} `));
          expect(recorded).toEqual(texts);
        }
      }),
      { numRuns: 150 },
    );
  });
});
