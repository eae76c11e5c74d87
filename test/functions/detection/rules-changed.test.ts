import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAlertRecord } from '../../../functions/alerts/alert-record.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { heldPage, keepHeld } from '../../../functions/aws/held-alerts.ts';
import { explainAlert, ruleSchema, waitingPart, waitingParts } from '../../../shared/detection/index.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { anyway, Changing } from '../../support/changing-rules.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const counting = (threshold: number, more: object = {}) =>
  ruleSchema.parse({ id: 'count', name: 'Count', conditions: { threshold, timeWindow: 300, ...more } });
const recording = ruleSchema.parse({ id: 'all', name: 'All', actions: { createIncident: false } });

describe('what waits for the threshold of a rule, when rules change', () => {
  it('goes where the rules of now say, once the rule is removed', async () => {
    const changing = new Changing([counting(5), anyway]);
    await changing.fire(1, 'a', 'b');
    expect(await changing.incidents()).toEqual([]);
    await changing.change(30, [anyway]);
    expect(await changing.incidents()).toEqual(['a', 'b']);
    expect(await changing.kept()).toEqual([]);
  });

  it('goes there, too, where two workers heard it fire, and the slower heard it first', async () => {
    const changing = new Changing([counting(5), anyway]);
    await changing.fire(2, 'a');
    const [newest] = (await heldPage(changing.org, waitingPart(fingerprint('a')), { limit: 1 })).held;
    if (!newest) throw new Error('Nothing was kept');
    const older = { ...newest, signal: { ...newest.signal, at: newest.signal.at - 1_000 } };
    await keepHeld(changing.org, [older], epoch + 3_000);
    await changing.change(30, [anyway]);
    expect(await changing.incidents()).toEqual(['a']);
  });

  it('is not forgotten while the worker that keeps it has not written its head, however long it lay in a queue', async () => {
    const changing = new Changing([counting(5), anyway]);
    await changing.fire(2, 'a');
    const [newest] = (await heldPage(changing.org, waitingPart(fingerprint('a')), { limit: 1 })).held;
    if (!newest) throw new Error('Nothing was kept');
    const at = newest.signal.at + 1_000;
    await keepHeld(changing.org, [{ ...newest, signal: { ...newest.signal, at } }], epoch + 30 * MINUTE);
    await changing.change(30, [counting(4), anyway]);
    expect(await changing.kept()).toEqual(['a']);
    await changing.change(40, [anyway]);
    expect(await changing.incidents()).toEqual(['a']);
  });

  it('is enough, once the rule asks for less', async () => {
    const changing = new Changing([counting(5), anyway]);
    await changing.fire(1, 'a', 'b');
    await changing.fire(60, 'c');
    await changing.change(200, [counting(3), anyway]);
    expect(await changing.incidents()).toEqual(['a b c']);
  });

  it('is counted together over a longer time, once the rule says so', async () => {
    const changing = new Changing([counting(3)]);
    await changing.fire(1, 'a');
    await changing.fire(400, 'b');
    await changing.fire(800, 'c');
    expect(await changing.incidents()).toEqual([]);
    await changing.change(20, [counting(3, { timeWindow: 900 })]);
    expect(await changing.incidents()).toEqual(['a b c']);
  });

  it('waits on where it is still too few, and goes with what fires then', async () => {
    const changing = new Changing([counting(5)]);
    await changing.fire(1, 'a', 'b');
    await changing.change(1, [counting(4)]);
    expect(await changing.incidents()).toEqual([]);
    expect(await changing.kept()).toEqual(['a', 'b']);
    await changing.fire(250, 'c', 'd');
    expect(await changing.incidents()).toEqual(['a b c d']);
    await changing.change(20, []);
    expect(await changing.incidents()).toEqual(['a b c d']);
    expect(await changing.kept()).toEqual([]);
  });

  it('is over when its source said so, and stays without an incident', async () => {
    const changing = new Changing([counting(5)]);
    await changing.fire(1, 'a', 'b');
    await changing.resolve(60, 'a');
    await changing.change(30, [anyway]);
    expect(await changing.incidents()).toEqual(['b']);
  });

  it('is recorded once a rule says so, and opens nothing when that rule is taken back', async () => {
    const changing = new Changing([counting(5)]);
    await changing.fire(1, 'a');
    await changing.change(5, [recording]);
    await changing.change(15, [anyway]);
    expect(await changing.incidents()).toEqual([]);
  });

  it('stays under a silence, and goes by the rules of now when that ends', async () => {
    const changing = new Changing([counting(5)]);
    const quiet = silence(-1, 6_000, [{ name: 'title', op: '=', value: 'a' }]);
    await changing.world.silence([quiet]);
    await changing.fire(1, 'a', 'b');
    await changing.change(30, [anyway]);
    expect(await changing.incidents()).toEqual(['b']);
    changing.world.now = quiet.to + MINUTE;
    await changing.world.releaseOf(quiet.id);
    expect(await changing.incidents()).toEqual(['a', 'b']);
  });

  it('also where it counts only since a silence ended', async () => {
    const changing = new Changing([counting(5)]);
    const quiet = silence(-1, 600, [{ name: 'title', op: '=', value: 'a' }]);
    await changing.world.silence([quiet]);
    await changing.fire(1, 'a');
    changing.world.now = quiet.to + MINUTE;
    await changing.world.releaseOf(quiet.id);
    expect(await changing.kept()).toEqual(['a']);
    await changing.change(20, [anyway]);
    expect(await changing.incidents()).toEqual(['a']);
  });

  it('is explained by the rules of now, also where it was received under others and held back', async () => {
    const changing = new Changing([anyway]);
    const quiet = silence(-1, 600, [{ name: 'title', op: '=', value: 'a' }]);
    await changing.world.silence([quiet]);
    await changing.fire(1, 'a');
    await changing.change(5, [counting(5)]);
    changing.world.now = quiet.to + MINUTE;
    await changing.world.releaseOf(quiet.id);
    const record = await readAlertRecord(changing.org, fingerprint('a'), changing.world.now);
    const { outcome, summary } = record ? explainAlert(record) : {};
    expect(outcome).toBe('waiting');
    expect(summary).toContain("1 of the 5 distinct alerts that rule 'Count' asks for");
  });

  it('is kept for a week: after that it goes there when its source tells of it again', async () => {
    const changing = new Changing([counting(5)]);
    await changing.fire(1, 'a', 'b');
    const week = 7 * 24 * 60;
    expect((await changing.rows()).map(({ ttl }) => ttl - epoch / 1_000)).toEqual(
      [1, 1].map((at) => at + week * 60),
    );
    await changing.change(week - 30, [counting(4)]);
    expect(await changing.kept()).toEqual(['a', 'b']);
    // The store may be two days late to delete it [F32].
    await changing.change(week + 30, [anyway]);
    expect(await changing.incidents()).toEqual([]);
    await changing.world.receive([post(signal('a', 'firing', 1, { title: 'a' }))]);
    expect(await changing.incidents()).toEqual(['a']);
  });

  it('and is over is passed over by three calls for fifty, and removed by its time alone', async () => {
    const changing = new Changing([counting(100)]);
    const titles = Array.from({ length: 40 }, (_, i) => `t${i}`);
    await changing.fire(1, ...titles);
    for (const title of titles) await changing.resolve(60, title);
    let calls = 0;
    client.middlewareStack.add(
      (next) => (args) => {
        calls++;
        return next(args);
      },
      {
        step: 'initialize',
        name: 'calls',
      },
    );
    await changing.change(30, [anyway]);
    client.middlewareStack.remove('calls');
    // Two looks at eight parts of a page each, and what sweeps read anyway: to decide and to remove took 98.
    expect(calls).toBeLessThanOrEqual(2 * 2 * waitingParts.length + 20);
    expect([await changing.incidents(), await changing.kept()]).toEqual([[], []]);
  });

  it('goes where it would if its source told of it again, whatever fired before', async () => {
    const step = fc.record({
      second: fc.integer({ min: 1, max: 900 }),
      title: fc.constantFrom('a', 'b', 'c', 'd'),
      isOver: fc.boolean(),
    });
    const sets = [[anyway], [counting(2), anyway], [counting(3, { timeWindow: 900 })], []];
    const change = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      before: fc.constantFrom(3, 4),
      after: fc.constantFrom(...sets),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ steps, before, after }) => {
        const [asked, told] = [new Changing([counting(before)]), new Changing([counting(before)])];
        const sorted = steps.toSorted((one, other) => one.second - other.second);
        for (const changing of [asked, told])
          for (const { second, title, isOver } of sorted)
            await (isOver ? changing.resolve(second, title) : changing.fire(second, title));
        await asked.change(20, after);
        await told.tellAgain(20, after);
        expect(await asked.incidents()).toEqual(await told.incidents());
      }),
      { numRuns: Number(process.env.DETECTION_RUNS ?? 12) },
    );
  });
});
