import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { command } from '../../../functions/aws/incident-log.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import type { IncidentCommand } from '../../../shared/incidents/index.ts';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const { send } = DynamoDBDocumentClient.prototype;

let engine: { stop(): Promise<void> };
let worlds = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

/** A world with one incident whose first alert goes on. */
async function fired() {
  const world = new DetectionOnEngine(`org_HAND${++worlds}`, [byService]);
  world.now = epoch + 60_000;
  const first = post(signal('first', 'firing', 0));
  await world.receive([first]);
  const [id = 'inc_none'] = [...(await world.read()).incidents.keys()];
  return { world, id, first };
}

async function byHand(
  world: DetectionOnEngine,
  id: IncidentId,
  wanted: IncidentCommand,
  seen?: number,
): Promise<void> {
  const actor = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;
  await command(world.org, id, wanted, { actor, now: world.now, ...(seen !== undefined && { seen }) });
}

const resolve = (at: number): IncidentCommand => ({ do: 'resolve', reason: 'person', at });

async function states(world: DetectionOnEngine): Promise<readonly string[]> {
  const { incidents } = await world.read();
  return [...incidents.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ state, deletedAt }) => (deletedAt === undefined ? state : 'deleted'));
}

/** Lets a person act just before the worker's transaction reaches the table, and the worker die before its next read. */
function actThenCrash(act: () => Promise<void>): void {
  let isNext = true;
  let isDead = false;
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...call: unknown[]
  ) {
    const [asked] = call;
    if (isDead && asked instanceof GetCommand) throw new Error('The worker is dead');
    if (!isNext || !(asked instanceof TransactWriteCommand)) return Reflect.apply(send, this, call);
    isNext = false;
    await act();
    const answer: unknown = await Reflect.apply(send, this, call);
    isDead = true;
    return answer;
  });
}

/** Lets something happen after a person's closing has read what it is based on, and before it is written. */
function justBeforeClosing(happens: () => Promise<void>): void {
  let isNext = true;
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...call: unknown[]
  ) {
    if (isNext && call[0] instanceof TransactWriteCommand) {
      isNext = false;
      await happens();
    }
    return Reflect.apply(send, this, call);
  });
}

describe('what a person closed', () => {
  it('[F36] opens again for an alert that joined while they did, although it is never repeated', async () => {
    const { world, id } = await fired();
    justBeforeClosing(() => world.receive([post(signal('second', 'firing', 30))]));
    await byHand(world, id, resolve(world.now));
    vi.restoreAllMocks();
    expect(await states(world)).toEqual(['resolved']);
    world.askAfter(id, 1);
    await world.settle();
    expect(await states(world)).toEqual(['triggered']);
    expect((await world.escalationsSent()).at(-1)).toMatchObject({ incident: id, generation: 2, step: 1 });
  });

  it('opens again for an alert that joined after what the person had read, and only then', async () => {
    for (const [late, state] of [
      [true, 'triggered'],
      [false, 'resolved'],
    ] as const) {
      const { world, id } = await fired();
      const second = post(signal('second', 'firing', 30));
      if (!late) await world.receive([second]);
      const { facts } = await world.read();
      if (late) await world.receive([second]);
      await byHand(world, id, resolve(world.now), facts.length);
      world.askAfter(id, 1);
      await world.settle();
      expect(await states(world)).toEqual([state]);
    }
  });

  it('stays so when it is asked whether an alert joined meanwhile, and none did', async () => {
    const { world, id } = await fired();
    await byHand(world, id, resolve(world.now));
    world.askAfter(id, 1);
    await world.settle();
    expect(await states(world)).toEqual(['resolved']);
  });

  it('[F23] opens again for an alert that was written a moment later, though its worker died before it saw the closing', async () => {
    const { world, id } = await fired();
    const second = post(signal('second', 'firing', 30));
    actThenCrash(() => byHand(world, id, resolve(world.now)));
    await expect(world.receive([second])).rejects.toThrow();
    vi.restoreAllMocks();
    expect(await states(world)).toEqual(['resolved']);
    await world.receive([second]);
    expect(await states(world)).toEqual(['triggered']);
  });

  it('[F23] that a person deletes meanwhile: the alert nobody knew of gets an incident of its own', async () => {
    const { world, id } = await fired();
    const second = post(signal('second', 'firing', 30));
    actThenCrash(() => byHand(world, id, { do: 'delete' }));
    await expect(world.receive([second])).rejects.toThrow();
    vi.restoreAllMocks();
    await world.receive([second]);
    expect(await states(world)).toEqual(['deleted', 'triggered']);
  });

  for (const [name, wanted] of [
    ['resolved', resolve(epoch + 60_000)],
    ['deleted', { do: 'delete' }],
  ] as const) {
    it(`and ${name} stays so for a firing that was known, delivered again or sent again hours later`, async () => {
      const { world, id, first } = await fired();
      await byHand(world, id, wanted);
      await world.receive([first]);
      world.now += 4 * 3_600_000;
      await world.receive([{ ...post(signal('first', 'firing', 0)), receivedAt: world.now }]);
      await world.settle();
      expect(await states(world)).toEqual([name]);
      expect(await world.escalationsSent()).toHaveLength(1);
    });
  }

  it('opens again for a new firing of the same alert, and for another alert of the group', async () => {
    for (const next of [signal('first', 'firing', 90), signal('second', 'firing', 30)]) {
      const { world, id } = await fired();
      await byHand(world, id, resolve(world.now));
      await world.receive([post(next)]);
      expect(await states(world)).toEqual(['triggered']);
    }
  });

  it('and deleted gets a new incident beside it for a new firing, which pages', async () => {
    for (const next of [signal('first', 'firing', 90), signal('second', 'firing', 30)]) {
      const { world, id, first } = await fired();
      await byHand(world, id, { do: 'delete' });
      await world.receive([post(next)]);
      await world.receive([first]);
      expect(await states(world)).toEqual(['deleted', 'triggered']);
      expect(await world.escalationsSent()).toHaveLength(2);
    }
  });

  it('and deleted stays so when its alerts are over, and when it was over before', async () => {
    const { world, id } = await fired();
    await byHand(world, id, { do: 'delete' });
    await world.receive([post(signal('first', 'resolved', 40))]);
    world.now += 60_000;
    await world.settle();
    expect(await states(world)).toEqual(['deleted']);

    const other = await fired();
    await other.world.receive([post(signal('first', 'resolved', 40))]);
    await other.world.settle();
    await byHand(other.world, other.id, { do: 'delete' });
    await other.world.receive([post(signal('first', 'firing', 90))]);
    expect(await states(other.world)).toEqual(['deleted', 'triggered']);
  });
});
