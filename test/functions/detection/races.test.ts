import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { command } from '../../../functions/aws/incident-log.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import type { OrganisationId } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Five',
  conditions: { threshold: 5, timeWindow: 300 },
});

let engine: { stop(): Promise<void> };
let worlds = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

function world(rule = byService): DetectionOnEngine {
  const org: OrganisationId = `org_RACE${++worlds}`;
  const made = new DetectionOnEngine(org, [rule]);
  made.now = epoch + 20_000_000;
  return made;
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `alert-${i}`);

describe('batches that do not fit into one transaction', () => {
  it('forty alerts that were over long before each other are forty closed incidents, and nothing is lost', async () => {
    const over = world();
    const hour = 3_600;
    const signals = names(40).flatMap((name, i) => [
      signal(name, 'firing', -i * hour),
      signal(name, 'resolved', -i * hour + 60),
    ]);
    await over.receive([post(...signals)]);
    const { incidents } = await over.read();
    expect([...incidents.values()].map(({ state }) => state)).toEqual(names(40).map(() => 'resolved'));
  });

  it('sixty alerts at once are one incident, whose alerts are all in its log', async () => {
    const storm = world();
    await storm.receive([post(...names(60).map((name) => signal(name, 'firing', 0)))]);
    const { incidents, entries } = await storm.read();
    expect(incidents.size).toBe(1);
    expect([...entries.values()].flat()).toHaveLength(60);
  });

  it('many past occurrences at once are all written, each once', async () => {
    const flapping = world();
    const seconds = [0, 10, 20, 30, 40, 50, 60];
    const all = names(30);
    await flapping.receive([
      post(...all.flatMap((name) => seconds.map((at) => signal(name, 'firing', at)))),
      post(...all.flatMap((name) => seconds.map((at) => signal(name, 'resolved', at + 5)))),
    ]);
    const { past, incidents } = await flapping.read();
    expect(all.map((name) => past.get(fingerprint(name))?.size)).toEqual(all.map(() => seconds.length - 1));
    expect(incidents.size).toBe(1);

    // One that fired all the time, as far as was known, and in truth was resolved in between.
    const late = world();
    const often = Array.from({ length: 8 }, (_, i) => i * 10);
    await late.receive([post(...all.flatMap((name) => often.map((at) => signal(name, 'firing', at))))]);
    await late.receive([post(...all.flatMap((name) => often.map((at) => signal(name, 'resolved', at + 5))))]);
    const found = await late.read();
    expect(all.map((name) => found.past.get(fingerprint(name))?.size)).toEqual(all.map(() => 7));
  });

  it('thirty alerts that reach a threshold of thirty open one incident, one by one and all at once', async () => {
    const thirty = ruleSchema.parse({ ...counting, conditions: { threshold: 30, timeWindow: 300 } });
    const signals = names(30).map((name, i) => signal(name, 'firing', i));
    const [oneByOne, atOnce] = [world(thirty), world(thirty)];
    for (const each of signals) await oneByOne.receive([post(each)]);
    await atOnce.receive([post(...signals)]);
    for (const made of [oneByOne, atOnce]) {
      const { incidents, entries } = await made.read();
      expect(incidents.size).toBe(1);
      expect(new Set([...entries.values()].flat().map((entry) => entry.fingerprint)).size).toBe(30);
    }
  });

  it('many that waited one after another join when a threshold is reached, in whatever number', async () => {
    const three = ruleSchema.parse({ ...counting, conditions: { threshold: 3, timeWindow: 30 } });
    const trickle = world(three);
    for (const [i, name] of names(30).entries())
      await trickle.receive([post(signal(name, 'firing', i * 31))]);
    expect((await trickle.read()).incidents.size).toBe(0);
    const together = ['x', 'y', 'z'].map((name) => signal(name, 'firing', 30 * 31));
    await trickle.receive([post(...together)]);
    const { incidents } = await trickle.read();
    expect(incidents.size).toBe(1);
  });

  it('seventy firings of a threshold rule, each in a slot of its own, are counted and open nothing', async () => {
    const slow = world(counting);
    await slow.receive([post(...names(70).map((name, i) => signal(name, 'firing', i * 400)))]);
    expect((await slow.read()).incidents.size).toBe(0);
  });
});

/** Holds the next call of this operation; `reached` when it is there, and it goes on after `release`. */
function holdNext(operation: string) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const name = `hold ${operation}`;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== operation || !client.middlewareStack.remove(name)) return next(args);
        reached.resolve();
        await released.promise;
        return next(args);
      },
    { step: 'initialize', name },
  );
  return { reached: reached.promise, release: released.resolve };
}

describe('a load that takes long', () => {
  it('[F23] counts for a threshold what another worker wrote meanwhile', async () => {
    const both = world(ruleSchema.parse({ ...counting, conditions: { threshold: 2, timeWindow: 300 } }));
    const load = holdNext('BatchGetItemCommand');
    const slow = both.receive([post(signal('one', 'firing', 0))]);
    await load.reached;
    await both.receive([post(signal('two', 'firing', 1))]);
    load.release();
    await slow;
    expect((await both.read()).incidents.size).toBe(1);
  });
});

describe('closing and joining at the same time', () => {
  it('leaves no alert that fires in a closed incident', async () => {
    for (let round = 0; round < 20; round++) {
      const racing = world();
      await racing.receive([post(signal('first', 'firing', 0))]);
      await racing.receive([post(signal('first', 'resolved', 10))]);
      await Promise.all([racing.settle(), racing.receive([post(signal('second', 'firing', 12))])]);
      const { incidents } = await racing.read();
      expect([...incidents.values()].map(({ state }) => state)).toEqual(['triggered']);
    }
  });

  it('a person who resolves while a storm joins is told of the alerts that came after: the incident opens again', async () => {
    const storm = world();
    await storm.receive([post(signal('first', 'firing', 0))]);
    const [[id = 'inc_'] = []] = [...(await storm.read()).incidents];
    const resolve = command(
      storm.org,
      id as `inc_${string}`,
      { do: 'resolve', reason: 'person', at: storm.now },
      {
        actor: { kind: 'person', id: 'per_ada', name: 'Ada' },
        now: storm.now,
        seen: 2,
      },
    );
    const joining = storm.receive([post(...names(60).map((name) => signal(name, 'firing', 20)))]);
    await Promise.all([resolve, joining]);
    // All may have joined before it.
    storm.askAfter(id as `inc_${string}`, 1);
    await storm.settle();
    const { incidents } = await storm.read();
    expect([...incidents.values()].map(({ state }) => state)).toEqual(['triggered']);
  });
});
