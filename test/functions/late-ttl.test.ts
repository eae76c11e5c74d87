import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookUps } from '../../functions/alerts/look-ups.ts';
import { connectionsOf, putConnection } from '../../functions/aws/connections.ts';
import { readCounts, writeCount } from '../../functions/aws/counts.ts';
import { declare } from '../../functions/aws/incident-log.ts';
import { readActivity, writeMinute } from '../../functions/aws/integration-activity.ts';
import { keptSignals } from '../../functions/aws/kept-signals.ts';
import { recordDecided, recordRoom } from '../../functions/aws/room-log.ts';
import { connectionsIn, joinRoom, occupiedRooms } from '../../functions/aws/rooms.ts';
import { keepSignals } from '../../functions/aws/signals.ts';
import {
  countRequest,
  findMailGuard,
  findSubscriber,
  putPending,
  saveMailGuard,
} from '../../functions/aws/subscribers.ts';
import { table } from '../../functions/aws/table.ts';
import { takeDelivery } from '../../functions/aws/taken-deliveries.ts';
import { consumeTicket, putTicket } from '../../functions/aws/tickets.ts';
import { visitDecision } from '../../functions/aws/visits.ts';
import { once } from '../../functions/edge/idempotency.ts';
import { reply } from '../../functions/edge/reply.ts';
import type { KeptSignal } from '../../shared/alerts/index.ts';
import { ruleSchema } from '../../shared/detection/index.ts';
import {
  type Ctx,
  DAY,
  digest,
  HOUR,
  idOf,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { askToSubscribe, claimMail } from '../../shared/status/index.ts';
import { schema } from '../../shared/table/index.ts';
import { DetectionOnEngine } from '../support/detection-engine.ts';
import { type FunctionWorld, startWorld } from '../support/function-world.ts';
import { ann, T0 } from '../support/given.ts';
import { lateQuiets } from '../support/late-quiets.ts';
import { epoch, fingerprint, post, signal } from '../support/signals.ts';

/** How late the store may delete what has run out. */
const LATE = 2 * DAY;

let world: FunctionWorld;
let org: OrganisationId = idOf('organisation', T0, '0');
let count = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `late ${count++}`);
  world.setClock(T0);
});

/** What is kept of a minute, as it is read at a time. */
async function keptIn(minute: number, now: number) {
  const kept: KeptSignal[] = [];
  for await (const { signals } of keptSignals(org, { minutes: [minute, minute], most: 100, now }))
    kept.push(...signals);
  return kept;
}

/** One whose words are too long to be kept twice. */
const long = (receipt: string) => ({
  ...post(signal('x', 'firing', 0, { description: anyText(3_000) })),
  ...{ org, receipt, receivedAt: T0 },
});

/** A text that compression makes hardly smaller. */
const anyText = (length: number): string =>
  Array.from({ length: length / 60 }, (_, i) => digest(String(i)).slice(0, 60)).join('');

const ctx = (): Ctx => ({ org, role: 'responder', actor: ann });
const later = (lifetime: number): void => world.setClock(T0 + lifetime + LATE);

async function incident() {
  const data = { title: 'x', severity: 'P5_INFO' } as const;
  return (await declare(org, data, { actor: ann, now: T0, at: T0, seed: String(count) })).incident.id;
}

/** How many of these two calls under one key ran: the second one comes after the first has expired. */
async function runs(by: Ctx | { kind: 'person'; issuer: string; subject: string; name: string }) {
  let ran = 0;
  const run = async () => reply(200, { ran: ++ran });
  const request = { by, method: 'POST', path: '/x', idempotencyKey: `k${count}`, body: '{}', secret: false };
  await once(request, run);
  await once(request, run);
  expect(ran).toBe(1);
  later(DAY);
  await once(request, run);
  return ran;
}

/** For each item that expires: that it means nothing after its time, although it is still there. */
const cases: Readonly<Record<string, () => Promise<void>>> = {
  async messageGuard() {
    const id = await incident();
    const send = (now: number) =>
      recordRoom(
        org,
        id,
        { type: 'incident.noted', occurredAt: now, data: { text: 'x' } },
        { actor: ann, now, clientMessageId: 'message-1' },
      );
    expect([await send(T0), await send(T0 + MINUTE)]).toMatchObject([{ recorded: {} }, { earlier: 2 }]);
    expect(await send(T0 + 2 * DAY + LATE)).toMatchObject({ recorded: {} });
  },
  async idempotency() {
    expect(await runs(ctx())).toBe(2);
  },
  async callerIdempotency() {
    expect(await runs({ kind: 'person', issuer: 'i', subject: `s${count}`, name: 'Ann' })).toBe(2);
  },
  async ticketDoor() {
    const { ticket } = await putTicket(ctx());
    later(MINUTE);
    expect(await consumeTicket(ticket)).toBeUndefined();
  },
  async connectionDoor() {
    await putConnection(`c${count}`, ctx());
    const id = await incident();
    later(3 * HOUR);
    expect(await joinRoom({ org, incident: id }, `c${count}`, ctx().actor)).toBe(false);
  },
  async roomConnection() {
    const id = await joined();
    later(3 * HOUR);
    expect(await connectionsIn({ org, incident: id })).toEqual([]);
  },
  async actorConnection() {
    await putConnection(`c${count}`, ctx());
    expect(await connectionsOf(org, ann.id)).toEqual([`c${count}`]);
    later(3 * HOUR);
    expect(await connectionsOf(org, ann.id)).toEqual([]);
  },
  async visit() {
    const room = { org, incident: await incident() };
    const came = (now: number) =>
      recordDecided(org, room.incident, () => visitDecision(room, 'came', { actor: ann, now }), {
        ...{ actor: ann, now },
      });
    expect(await came(T0)).toMatchObject({ recorded: [{ type: 'room.joined' }] });
    expect(await came(T0 + MINUTE)).toMatchObject({ recorded: [] });
    later(3 * HOUR);
    expect(await came(T0 + 3 * HOUR + LATE)).toMatchObject({ recorded: [{ type: 'room.joined' }] });
  },
  async occupiedRoom() {
    const id = await joined();
    later(3 * HOUR);
    expect(await occupiedRooms([{ org, incident: id }])).toEqual([]);
  },
  async thresholdSlot() {
    const rule = { id: 'count', name: 'Three', conditions: { threshold: 3, timeWindow: 180 } };
    const detection = new DetectionOnEngine(org, [ruleSchema.parse(rule)]);
    const fire = async (name: string, seconds: number) => {
      detection.now = epoch + seconds * 1_000;
      await detection.receive([post(signal(name, 'firing', seconds))]);
    };
    await fire('a', 0);
    await fire('b', 1);
    await fire('c', (DAY + LATE) / 1_000);
    expect((await detection.read()).incidents.size).toBe(0);
    await fire('d', (DAY + LATE) / 1_000 + 1);
    await fire('e', (DAY + LATE) / 1_000 + 2);
    expect((await detection.read()).incidents.size).toBe(1);
  },
  async minuteChunk() {
    // Read by whoever counts its minute and nobody else; a number is replaced only by a larger one.
    const minute = minuteOf(T0);
    const key = schema.minuteChunk.key({ org, minute, shard: 0, hash: 'x' });
    const line = { receipt: 'r', place: 0, fingerprint: 'f', state: 'firing', at: T0, receivedAt: T0 };
    await table.put({ ...key, kind: 'signals', lines: [line] });
    expect(await keptIn(minute, T0 + 30 * DAY + LATE)).toEqual([]);
  },
  async signalContent() {
    const minute = minuteOf(T0);
    for (let i = 0; i < 3; i++) await keepSignals(org, [long(`receipt-${i}`)], 30);
    expect((await keptIn(minute, T0)).map(({ signal: { title } }) => title)).toEqual(
      Array(3).fill('x is failing'),
    );
    expect(await keptIn(minute, T0 + 30 * DAY + LATE)).toEqual([]);
  },
  async signalChunk() {
    const detection = new DetectionOnEngine(org, [ruleSchema.parse({ id: 'g', name: 'By service' })]);
    detection.now = epoch;
    await detection.receive([post(signal('a', 'firing', 0))]);
    detection.now = epoch + HOUR;
    await detection.count();
    const minutes = [minuteOf(epoch), minuteOf(epoch)] as const;
    detection.now = epoch + 30 * DAY + LATE;
    await detection.sweepCounts();
    await detection.count({ twice: true });
    const counts = await readCounts(org, [fingerprint('a')], {
      minutes,
      now: detection.now,
      until: detection.now,
    });
    expect(counts?.get(fingerprint('a'))?.received).toBe(1);
    expect(await keptIn(minutes[0], epoch)).toHaveLength(1);
    expect(await keptIn(minutes[0], detection.now)).toEqual([]);
  },
  async subscriber() {
    const page = idOf('statusPage', 0, org);
    const asked = askToSubscribe({ org, page, email: 'ann@example.com' }, T0);
    await putPending(asked);
    world.setClock(T0);
    expect(await findSubscriber({ org, page, subscriber: asked.id })).toEqual(asked);
    later(2 * DAY);
    expect(await findSubscriber({ org, page, subscriber: asked.id })).toBeUndefined();
  },
  async subscriptionCount() {
    const page = idOf('statusPage', 0, org);
    const place = { org, page };
    expect(await countRequest(place, 'page', 1, T0)).toBe(true);
    expect(await countRequest(place, 'page', 1, T0)).toBe(false);
    expect(await countRequest(place, 'page', 1, T0 + DAY + LATE)).toBe(true);
  },
  async subscriberMail() {
    // It names an update, of which there is no second: it means the same for as long as it is there.
    const page = idOf('statusPage', 0, org);
    const name = { org, page, subscriber: idOf('subscriber', 0, org), mail: 'upd_1' };
    const claimed = claimMail(undefined, T0);
    if (claimed.outcome !== 'claimed') throw new Error(claimed.outcome);
    expect(await saveMailGuard(name, claimed.guard, T0)).toBe(true);
    expect(await findMailGuard(name)).toEqual(claimed.guard);
  },
  async tinyId() {
    await lookUps.keepTinyId(org, '17', 'f'.repeat(64));
    expect(await lookUps.findTinyId(org, '17')).toBe('f'.repeat(64));
    later(90 * DAY);
    expect(await lookUps.findTinyId(org, '17')).toBeUndefined();
  },
  async integrationHour() {
    const integration = idOf('integration', T0, org);
    await writeMinute(org, integration, minuteOf(T0), 3);
    expect((await readActivity(org, T0))(integration).alerts).toEqual({ hour: 3, day: 3 });
    expect((await readActivity(org, T0 + 2 * DAY + LATE))(integration).alerts).toEqual({ hour: 0, day: 0 });
  },
  async takenDelivery() {
    const delivered = { org, integration: idOf('integration', T0, org), delivery: 'x' };
    const take = (receipt: string, now: number) => takeDelivery({ ...delivered, receipt }, now);
    expect([await take('a', T0), await take('b', T0), await take('a', T0)]).toEqual([true, false, true]);
    expect(await take('b', T0 + 3 * DAY + LATE)).toBe(true);
  },
  async hourCount() {
    const minute = minuteOf(T0);
    await writeCount(org, minute, 'f', { received: 3, lastAt: T0 });
    const stretch = { minutes: [minute, minute] as const, until: T0 };
    expect((await readCounts(org, ['f'], { ...stretch, now: T0 }))?.get('f')?.received).toBe(3);
    expect(await readCounts(org, ['f'], { ...stretch, now: T0 + 400 * DAY + LATE })).toBeUndefined();
  },
  ...lateQuiets(() => org),
};

async function joined() {
  await putConnection(`c${count}`, ctx());
  const id = await incident();
  expect(await joinRoom({ org, incident: id }, `c${count}`, ctx().actor)).toBe(true);
  expect(await connectionsIn({ org, incident: id })).toHaveLength(1);
  expect(await occupiedRooms([{ org, incident: id }])).toHaveLength(1);
  return id;
}

const expiring = Object.entries(schema).flatMap(([name, { shape }]) =>
  'expires' in shape && shape.expires ? [name] : [],
);

describe('[F32] an item that the store deletes 48 hours late', () => {
  it.each(expiring)('of the kind %s means nothing any more', async (name) => {
    const check = cases[name];
    if (!check) throw new Error(`What becomes of the item ${name} after its time?`);
    await check();
  });

  it('has a case here for each kind that expires, and no other', () => {
    expect(Object.keys(cases).sort()).toEqual([...expiring].sort());
  });
});
