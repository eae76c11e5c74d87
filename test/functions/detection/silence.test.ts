import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHeld } from '../../../functions/alerts/held-alerts.ts';
import { heldPage } from '../../../functions/aws/held-alerts.ts';
import { dueQuiets, readInForce, readQuiet, writeQuiet } from '../../../functions/aws/quiets.ts';
import { sendReleases } from '../../../functions/incidents/send-releases.ts';
import { changedQuiet, endedQuiet } from '../../../shared/alerts/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { system } from '../../../shared/kernel/index.ts';
import { shards } from '../../../shared/table/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';
import { maintenance, silence } from '../../support/silences.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const seconds = (at: number) => epoch + at * 1_000;
const ofCheckout = [{ name: 'service', op: '=', value: 'checkout' }] as const;
const fires = (name: string, at: number, more = {}) => signal(name, 'firing', at, more);

let engine: { stop(): Promise<void> };
let worlds = 0;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const start = () => new DetectionOnEngine(`org_QUIET${++worlds}`, [byService]);
const statesOf = async (world: DetectionOnEngine) =>
  [...(await world.read()).incidents.values()].map(({ state }) => state);
const dueIn = async (world: DetectionOnEngine, now: number) => {
  const all = await Promise.all([...Array(shards.due).keys()].map((one) => dueQuiets(one, now, 100)));
  return all.flat().flatMap(({ org, quiet }) => (org === world.org ? [quiet] : []));
};

describe('a silence in the table', () => {
  it('lets go by what each firing said, also where the last was less severe and another rule is for that', async () => {
    const severe = ruleSchema.parse({
      ...{ id: 'severe', name: 'Two severe ones' },
      conditions: { when: 'severity at least P2', threshold: 3, timeWindow: 600 },
    });
    const world = new DetectionOnEngine('org_QUIETSEVERE', [severe, byService]);
    await world.silence([silence(0, 600, [{ name: 'title', op: '=~', value: 'a .*' }])]);
    world.now = seconds(50);
    await world.receive([post(fires('b', 50, { severity: 'P1_CRITICAL' }))]);
    for (const [at, severity] of [[100, 'P1_CRITICAL'] as const, [200, 'P3_MEDIUM'] as const]) {
      world.now = seconds(at);
      await world.receive([post(fires('a', at, { severity }))]);
    }
    world.now = seconds(601);
    await world.release();
    expect(await statesOf(world)).toEqual(['triggered']);
  });

  it('is learned of with the next load, holds back, and is looked at when it ends and twice more', async () => {
    const world = start();
    world.now = seconds(1);
    await world.receive([post(fires('x', 1, { service: 'other' }))]);
    const quiet = silence(0, 600, ofCheckout);
    await world.silence([quiet]);
    world.now = seconds(10);
    await world.receive([post(fires('a', 10, { labels: { host: 'db1' } }))]);
    expect(await statesOf(world)).toEqual(['triggered']);
    const { held } = await heldPage(world.org, quiet.id, { limit: 10 });
    expect(held).toMatchObject([{ signal: { title: 'a is failing', labels: { host: 'db1' } } }]);
    const listed = async () => (await listHeld(world.org, quiet, { limit: 1 })).items;
    expect(await listed()).toMatchObject([{ isHeld: true }]);
    expect(await dueIn(world, seconds(599))).toEqual([]);
    for (const at of [600, 660]) {
      world.now = seconds(at);
      expect(await dueIn(world, world.now)).toEqual([quiet.id]);
      await world.release();
      expect(await statesOf(world)).toEqual(['triggered', 'triggered']);
    }
    expect(await listed()).toMatchObject([{ isHeld: false }]);
    world.now = seconds(720);
    await world.release();
    expect(await dueIn(world, seconds(9_999))).toEqual([]);
    expect((await world.escalationsSent()).length).toBeGreaterThan(1);
  });

  it('frees all that it held back, however many they are', async () => {
    const world = start();
    const quiet = silence(0, 600, ofCheckout);
    await world.silence([quiet]);
    world.now = seconds(10);
    const names = Array.from({ length: 120 }, (_, i) => `many ${i}`);
    await world.receive([post(...names.map((name) => fires(name, 10)))]);
    world.now = seconds(600);
    await world.release();
    const { heads } = await world.read();
    expect([...heads.values()].filter(({ memberships }) => memberships.length === 1)).toHaveLength(120);
    expect(await statesOf(world)).toEqual(['triggered']);
  });

  it('that somebody ends early is over for the next load, and what it held back is placed', async () => {
    const world = start();
    const quiet = silence(0, 6_000, ofCheckout);
    await world.silence([quiet]);
    world.now = seconds(10);
    await world.receive([post(fires('a', 10))]);
    const ended = endedQuiet(quiet, { by: system('test'), now: seconds(30) });
    expect(ended && (await writeQuiet(world.org, quiet, ended, seconds(30)))).toBe(true);
    expect(await writeQuiet(world.org, quiet, { ...quiet, version: 2 }, seconds(30))).toBe(false);
    world.now = seconds(31);
    await world.release();
    expect(await statesOf(world)).toEqual(['triggered']);
    expect(await readInForce(world.org, seconds(31))).toEqual([]);
    expect((await readQuiet(world.org, quiet.id, world.now))?.quiet).toMatchObject({ to: seconds(30) });
  });

  it('that somebody lets last longer holds back until then, which stands with each alert within a moment', async () => {
    const world = start();
    const quiet = silence(0, 600, ofCheckout);
    await world.silence([quiet]);
    world.now = seconds(10);
    await world.receive([post(fires('a', 10))]);
    const until = async () => [...(await world.read()).heads.values()][0]?.suppressed?.until;
    expect(await until()).toBe(seconds(600));
    const longer = changedQuiet(quiet, { to: seconds(4_200) }, { by: system('test'), now: seconds(500) });
    expect(await writeQuiet(world.org, quiet, longer, seconds(500))).toBe(true);
    world.now = seconds(501);
    await world.release();
    expect(await until()).toBe(seconds(4_200));
    world.now = seconds(700);
    await world.release();
    expect(await statesOf(world)).toEqual([]);
    world.now = seconds(4_200);
    await world.release();
    expect(await statesOf(world)).toEqual(['triggered']);
  });

  it('[F32] is not there any more once it is forgotten, though the store deletes it late', async () => {
    const world = start();
    const quiet = silence(0, 600, ofCheckout);
    await world.silence([quiet]);
    expect(await readQuiet(world.org, quiet.id, seconds(601))).toBeDefined();
    expect(await readQuiet(world.org, quiet.id, seconds(600 + 91 * 86_400))).toBeUndefined();
    world.now = seconds(600 + 91 * 86_400);
    await world.receive([post(fires('a', 600 + 91 * 86_400))]);
    expect(await statesOf(world)).toEqual(['triggered']);
  });

  it('is asked after by the sweep in a message of its organisation', async () => {
    const world = start();
    const quiet = maintenance(0, 600, 'checkout');
    await world.silence([quiet]);
    const sqs = mockClient(SQSClient);
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    await sendReleases(seconds(600), 'https://queue');
    const bodies = sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap(({ args }) => args[0].input.Entries ?? [])
      .map(({ MessageBody = '' }) => JSON.parse(MessageBody));
    sqs.restore();
    expect(bodies).toContainEqual({
      ...{ kind: 'release', org: world.org, quiet: quiet.id, askedAt: seconds(600) },
    });
  });
});
